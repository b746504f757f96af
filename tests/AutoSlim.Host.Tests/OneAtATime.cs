// These tests run beside those that train and time: they take one of two cores, and leave the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
