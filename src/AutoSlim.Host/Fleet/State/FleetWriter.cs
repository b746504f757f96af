using System.Collections.Concurrent;
using System.Data.Common;

namespace AutoSlim.Host.Fleet.State;

/// <summary>
/// The one who writes, on a thread of its own: those of the pool serve agents and do not wait for a disk. Changes that wait together are
/// committed together: a thousand agents deliver faster than a disk can be flushed.
/// A change is either on the disk, or its task fails and nothing of it is.
/// </summary>
internal sealed class FleetWriter : IAsyncDisposable
{
    private const int LargestBatch = 256;

    private readonly FleetDatabase database;
    private readonly BlockingCollection<Change> waiting = [];
    private readonly Task writing;
    private DbConnection? open;

    public FleetWriter(FleetDatabase database)
    {
        this.database = database;
        writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <param name="change">Runs its statements on the connection, inside the transaction; may run twice, the first time for nothing.</param>
    /// <exception cref="DbException">The database refused; nothing was changed.</exception>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> change)
    {
        var waiter = new Change<T>(change);
        try
        {
            waiting.Add(waiter);
        }
        catch (InvalidOperationException)
        {
            throw new FleetStateException("the host is stopping and writes no more");
        }

        return waiter.Result;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.CompleteAdding();
        await writing;
        Close();
    }

    private void WriteAll()
    {
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            List<Change> batch = [first];
            while (batch.Count < LargestBatch && waiting.TryTake(out var change)) batch.Add(change);
            Write(batch);
        }
    }

    /// <summary>One change that fails takes no other with it.</summary>
    private void Write(List<Change> batch)
    {
        try
        {
            Commit(batch);
        }
        catch (Exception) when (batch.Count > 1)
        {
            foreach (var change in batch) Write([change]);
        }
        catch (DbException)
        {
            TryOnceMore(batch);
        }
        catch (Exception error)
        {
            batch[0].Fail(error);
        }
    }

    /// <summary>On a connection of now: one that lay idle may have died unnoticed.</summary>
    private void TryOnceMore(List<Change> batch)
    {
        try
        {
            Commit(batch);
        }
        catch (Exception error)
        {
            batch[0].Fail(error);
        }
    }

    private void Commit(List<Change> batch)
    {
        try
        {
            open ??= database.Open();
            using var transaction = open.BeginTransaction();
            foreach (var change in batch) change.Run(open, transaction);
            transaction.Commit();
        }
        catch
        {
            // Whatever state it is in: the next batch starts with another.
            Close();
            throw;
        }

        foreach (var change in batch) change.Tell();
    }

    private void Close()
    {
        open?.Dispose();
        open = null;
    }

    private abstract class Change
    {
        public abstract void Run(DbConnection connection, DbTransaction transaction);

        public abstract void Tell();

        public abstract void Fail(Exception error);
    }

    private sealed class Change<T>(Func<DbConnection, DbTransaction, T> change) : Change
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? outcome;

        public Task<T> Result => done.Task;

        public override void Run(DbConnection connection, DbTransaction transaction) => outcome = change(connection, transaction);

        public override void Tell() => done.SetResult(outcome!);

        public override void Fail(Exception error) => done.SetException(error);
    }
}
