namespace AutoSlim.Agent.Working;

/// <summary>What loads and runs models for an agent: a process of its own (<see cref="Worker"/>), or, where a thousand agents are tried out on one machine, something that only says it did.</summary>
internal interface IWorker
{
    /// <summary>Asks one thing after the other.</summary>
    /// <param name="task">One of <see cref="WorkerTask"/>.</param>
    /// <param name="request">Of the task.</param>
    /// <param name="limitMilliseconds">That the request sets itself.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="AgentException">The worker ended or hung; says how.</exception>
    Task<TResult> AskAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation);

    /// <summary>
    /// The same of a process that was started for this request and ends with it: what others left behind neither counts nor helps.
    /// </summary>
    /// <inheritdoc cref="AskAsync{TRequest, TResult}(int, TRequest, double, CancellationToken)"/>
    Task<TResult> AskFreshAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation);
}
