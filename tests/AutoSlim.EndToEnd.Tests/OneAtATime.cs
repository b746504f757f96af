// What is timed beside a training shows the training: a device would be found busy, and two trainings on two cores hold each other up.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
