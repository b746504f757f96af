"""Layers of which the first channels work on their own (AutoSlim, Yu and Huang 2019, section 3.1)."""
import torch.nn.functional as F
from torch import nn


class SlimmableConvolution(nn.Module):
    """Convolution without bias, batch norm by the batch's own statistics, and ReLU6 where it is asked for."""

    def __init__(self, weight, gamma, beta, stride=1, depthwise=False, activation=True):
        super().__init__()
        self.weight, self.gamma, self.beta = nn.Parameter(weight), nn.Parameter(gamma), nn.Parameter(beta)
        self.stride, self.padding = stride, weight.shape[2] // 2
        self.depthwise, self.activation = depthwise, activation

    def forward(self, x, channels):
        weight = self.weight[:channels] if self.depthwise else self.weight[:channels, :x.shape[1]]
        x = F.conv2d(x, weight, None, self.stride, self.padding, groups=channels if self.depthwise else 1)
        x = F.batch_norm(x, None, None, self.gamma[:channels], self.beta[:channels], training=True)
        return F.relu6(x, inplace=True) if self.activation else x

    def multiply_adds(self, shape, channels):
        """Those of one image, and the shape of the output."""
        height, width = (-(-side // self.stride) for side in shape[1:])
        inputs = 1 if self.depthwise else shape[0]
        return channels * inputs * self.weight.shape[2] ** 2 * height * width, (channels, height, width)


class SlimmableLinear(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)

    def forward(self, x):
        return F.linear(x, self.weight[:, :x.shape[1]], self.bias)
