"""Answers each JSON line on the input with one on the output, and says what it runs on."""
import json
import os
import sys

import torch


def serve(answer):
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def runtime():
    """Such as: torch 1.13.0a0, libopenblasp-r0.3.21.so."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "r-xp" in line}
    libraries = {os.path.basename(os.path.realpath(path)) for path in paths if "blas" in path or "mkl" in path}
    return ", ".join([f"torch {torch.__version__}", *sorted(libraries)])
