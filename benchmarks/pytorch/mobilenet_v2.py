"""MobileNet v2 (Sandler et al. 2018) of slimmable layers. A width list has one number for each layer that is not depthwise: the stem,
the first block's output, (expansion, output) of every other block, the tail, and the classes."""
from torch import nn

from slimmable import SlimmableConvolution, SlimmableLinear

STAGES = [(1, 1), (2, 2), (3, 2), (4, 2), (3, 1), (3, 2), (1, 1)]  # blocks, stride of the first


class Block(nn.Module):
    def __init__(self, layer, name, stride, expands, residual):
        super().__init__()
        self.expand = layer(f"{name}.expand") if expands else None
        self.depthwise = layer(f"{name}.depthwise", stride=stride, depthwise=True)
        self.project = layer(f"{name}.project", activation=False)
        self.residual = residual

    def forward(self, x, widths):
        inner = self.expand(x, next(widths)) if self.expand else x
        inner = self.project(self.depthwise(inner, inner.shape[1]), next(widths))
        return x + inner if self.residual else inner

    def multiply_adds(self, shape, widths):
        """Those of one image, and the shape of the output."""
        count, inner = self.expand.multiply_adds(shape, next(widths)) if self.expand else (0, shape)
        depthwise, inner = self.depthwise.multiply_adds(inner, inner[0])
        project, inner = self.project.multiply_adds(inner, next(widths))
        return count + depthwise + project, inner


class MobileNetV2(nn.Module):
    """layout 'cifar' leaves the stem and the second stage at stride 1."""

    def __init__(self, weights, layout):
        super().__init__()

        def layer(name, **arguments):
            return SlimmableConvolution(*(weights[f"{name}.{part}"] for part in ("weight", "gamma", "beta")), **arguments)

        strides = [1 if layout == "cifar" and stage == 1 else stride for stage, (_, stride) in enumerate(STAGES)]
        self.stem = layer("stem", stride=1 if layout == "cifar" else 2)
        blocks = [(block == 0, strides[stage]) for stage, (count, _) in enumerate(STAGES) for block in range(count)]
        self.blocks = nn.ModuleList(
            Block(layer, f"block{index}", stride if first else 1, expands=index > 0, residual=not first)
            for index, (first, stride) in enumerate(blocks))
        self.tail = layer("tail")
        self.classifier = SlimmableLinear(weights["classifier.weight"], weights["classifier.bias"])

    def forward(self, x, widths):
        widths = iter(widths)
        x = self.stem(x, next(widths))
        for block in self.blocks:
            x = block(x, widths)
        return self.classifier(self.tail(x, next(widths)).mean((2, 3)))

    def multiply_adds(self, shape, widths):
        """Those of one image of that shape (channels, height, width)."""
        widths = iter(widths)
        count, shape = self.stem.multiply_adds(shape, next(widths))
        for block in self.blocks:
            inner, shape = block.multiply_adds(shape, widths)
            count += inner
        tail, shape = self.tail.multiply_adds(shape, next(widths))
        return count + tail + shape[0] * next(widths)
