// What is timed beside a training of two threads shows the training: a device would be found busy.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
