// These tests run beside those that time: what they train has one thread, so that they take one of two cores, and leave the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
