"""Greedy slimming of a MobileNet v2 in plain PyTorch as the method describes it (Yu and Huang 2019, section 3.3): every candidate of a
step is scored on every search image, from the first layer, with batch statistics.

Requests: {"runtime": true} or {"widths", "loss"}: one step from the network of that width list, whose loss is known.
Answers: {"runtime"} or {"seconds", "group", "multiplyAdds", "loss"}."""
import argparse
import json
import time

import torch
import torch.nn.functional as F

import json_lines
import safetensors_file
from mobilenet_v2 import MobileNetV2

LEAST_SCALE, LARGEST_SCALE, TOLERANCE = 0.1, 20.0, 1e-3
GOLDEN = (5 ** 0.5 - 1) / 2


def calibrated_loss(logits, labels):
    """Cross-entropy at the temperature that suits the logits best, found by golden-section search."""
    logits = logits.double()

    def loss(scale):
        return F.cross_entropy(logits * scale, labels).item()

    low, high = LEAST_SCALE, LARGEST_SCALE
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = loss(left), loss(right)
    while high - low > TOLERANCE:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = loss(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = loss(right)
    return min(at_left, at_right, loss(1.0))


class Search:
    """description: groups (name, grid of widths, positions of its number in a width list) and perSaving, the rule."""

    def __init__(self, network, description, batches, labels):
        self.network, self.batches, self.labels = network, batches, labels
        self.groups, self.per_saving = description["groups"], description["perSaving"]

    def count(self, widths):
        return self.network.multiply_adds(self.batches[0].shape[1:], widths)

    def score(self, widths):
        return calibrated_loss(torch.cat([self.network(batch, widths) for batch in self.batches]), self.labels)

    def candidates(self, current, current_cost):
        """A narrower network of each group: blocks are taken until the multiply-adds fall."""
        for group in self.groups:
            before = current[group["positions"][0]]
            for channels in sorted((width for width in group["grid"] if width < before), reverse=True):
                widths = [channels if i in group["positions"] else width for i, width in enumerate(current)]
                cost = self.count(widths)
                if cost < current_cost:
                    yield group["name"], widths, cost
                    break

    @torch.inference_mode()
    def step(self, current, current_loss):
        begin, best, current_cost = time.perf_counter(), None, self.count(current)
        for name, widths, cost in self.candidates(current, current_cost):
            loss, saving = self.score(widths), current_cost - cost
            preference = (max(loss - current_loss, 0) / saving if self.per_saving else loss, -saving)
            if best is None or preference < best[0]:
                best = preference, {"group": name, "multiplyAdds": cost, "loss": loss}
        return {"seconds": time.perf_counter() - begin, **best[1]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tensors", help="safetensors file of weights, images and labels")
    parser.add_argument("description", help="JSON file")
    parser.add_argument("--layout", choices=["imagenet", "cifar"], required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tensors = safetensors_file.read(options.tensors)
    network = MobileNetV2(tensors, options.layout).to(memory_format=torch.channels_last)
    batches = [batch.contiguous(memory_format=torch.channels_last) for batch in tensors["images"].split(options.batch_size)]
    with open(options.description) as file:
        search = Search(network, json.load(file), batches, tensors["labels"])
    json_lines.serve(lambda request: {"runtime": json_lines.runtime()} if "runtime" in request else search.step(request["widths"], request["loss"]))


main()
