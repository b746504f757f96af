"""Sandwich steps of a slimmable MobileNet v2 in plain PyTorch: the rules of Yu and Huang 2019, "Universally slimmable networks", section 3.

Requests: {"runtime": true} or {"steps": [{"batch", "members": [widths, ...], "learningRate"}, ...]}.
Answers: {"runtime"} or {"seconds", "processorSeconds", "losses": one list a step}."""
import argparse
import time

import torch
import torch.nn.functional as F

import json_lines
import safetensors_file
from mobilenet_v2 import MobileNetV2


def optimizer_of(network, momentum, weight_decay):
    """The paper decays dense convolutions and the classifier, nothing else."""
    def decays(name, parameter):
        return name.endswith("weight") and "depthwise" not in name

    named = list(network.named_parameters())
    groups = [
        {"params": [parameter for name, parameter in named if decays(name, parameter)], "weight_decay": weight_decay},
        {"params": [parameter for name, parameter in named if not decays(name, parameter)], "weight_decay": 0},
    ]
    return torch.optim.SGD(groups, lr=0.1, momentum=momentum, nesterov=True)


def sandwich_step(network, optimizer, images, labels, members, options):
    """The first member learns the labels, the others its softmax; the gradients add up."""
    optimizer.zero_grad(set_to_none=True)
    losses, soft = [], None
    for widths in members:
        logits = network(images, widths)
        if soft is None:
            loss = F.cross_entropy(logits, labels, label_smoothing=options.label_smoothing)
            soft = F.softmax(logits.detach(), 1)
        else:
            loss = -(soft * F.log_softmax(logits, 1)).sum(1).mean()
        loss.backward()
        losses.append(loss.item())
    torch.nn.utils.clip_grad_norm_(network.parameters(), options.maximum_norm)
    optimizer.step()
    return losses


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tensors", help="safetensors file of weights, images.N and labels.N")
    parser.add_argument("--layout", choices=["imagenet", "cifar"], required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--momentum", type=float, required=True)
    parser.add_argument("--weight-decay", type=float, required=True)
    parser.add_argument("--label-smoothing", type=float, required=True)
    parser.add_argument("--maximum-norm", type=float, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tensors = safetensors_file.read(options.tensors)
    network = MobileNetV2(tensors, options.layout).to(memory_format=torch.channels_last)
    optimizer = optimizer_of(network, options.momentum, options.weight_decay)

    def answer(request):
        if "runtime" in request:
            return {"runtime": json_lines.runtime()}
        begin, processor, losses = time.perf_counter(), time.process_time(), []
        for step in request["steps"]:
            images = tensors[f"images.{step['batch']}"].contiguous(memory_format=torch.channels_last)
            for group in optimizer.param_groups:
                group["lr"] = step["learningRate"]
            losses.append(sandwich_step(network, optimizer, images, tensors[f"labels.{step['batch']}"], step["members"], options))
        return {"seconds": time.perf_counter() - begin, "processorSeconds": time.process_time() - processor, "losses": losses}

    json_lines.serve(answer)


main()
