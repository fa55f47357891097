namespace Fiko.LoadTests.Fuzz;

/// <summary>One attacker: says one odd thing after the other at its pace, and looks at every answer.</summary>
/// <param name="number">Which one. Its chance is made of the seed and of that.</param>
/// <param name="world">What it knows.</param>
/// <param name="journal">Where it notes what it says.</param>
/// <param name="pause">Between two inputs.</param>
/// <param name="polite">Whether the server's usual limits hold, and <c>rate_limited</c> is an answer.</param>
internal sealed class FuzzClient(int number, FuzzWorld world, FuzzJournal journal, TimeSpan pause, bool polite = false)
{
    public int Number => number;

    public FuzzWorld World => world;

    public bool IsLimited => polite;

    public FuzzChance Chance { get; } = new(unchecked((journal.Seed * 1_000_003) + number));

    /// <summary>Goes on until it is told to end, or has said so much.</summary>
    public async Task RunAsync(long inputs, CancellationToken end)
    {
        for (var said = 0L; said < inputs && !end.IsCancellationRequested;)
        {
            try
            {
                said += await ActAsync(end);
            }
            catch (FuzzFinding found)
            {
                journal.Find(number, found.Message);
                said++;
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                journal.Find(number, $"{broken.GetType().Name}: {broken.Message}\n{broken.StackTrace}");
                said++;
            }
        }
    }

    /// <summary>Notes what is about to be said, after its pause.</summary>
    public async Task SayAsync(string kind, byte[] bytes, CancellationToken end)
    {
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause * (0.5 + (Chance.Below(1000) / 1000.0)), TimeProvider.System, end);
        }

        journal.Note(number, kind, bytes);
    }

    public void Counted(string what) => journal.Counted(what);

    private async Task<int> ActAsync(CancellationToken end) => Chance.Below(20) switch
    {
        < 8 => await TalkAsync(end),
        < 10 => await new FuzzWire(this).BreakAsync(end),
        < 12 => await new FuzzHandshake(this).KnockAsync(end),
        < 18 => await new FuzzRest(this).AskAsync(Chance.Between(4, 12), end),
        _ => await new FuzzWebhooks(this).PostAsync(Chance.Between(2, 6), end),
    };

    private async Task<int> TalkAsync(CancellationToken end)
    {
        using var socket = new FuzzSocket(this);
        return await socket.TalkAsync(end);
    }
}

/// <summary>Something that the server should not do.</summary>
internal sealed class FuzzFinding(string problem) : Exception(problem);
