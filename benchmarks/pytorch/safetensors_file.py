"""Reads the safetensors format: the header's length (8 bytes, little-endian), a JSON header, the data."""
import json

import numpy
import torch

ELEMENTS = {"F32": numpy.float32, "I64": numpy.int64}


def read(path):
    """Tensors by name."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: _tensor(entry, data) for name, entry in header.items()}


def _tensor(entry, data):
    begin, end = entry["data_offsets"]
    elements = numpy.frombuffer(data[begin:end], ELEMENTS[entry["dtype"]])
    return torch.from_numpy(elements.copy()).reshape(entry["shape"])
