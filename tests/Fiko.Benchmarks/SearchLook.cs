using System.Diagnostics;
using System.Globalization;
using Fiko.Application.Reports;
using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Benchmarks;

/// <summary>The first page of searches, and a year's and a month's report, through their handlers over very many messages: p50, p95 and cold, the first on a new connection.</summary>
internal static class SearchLook
{
    private const int Times = 40;

    public static async Task RunAsync(int messages)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var spoken = await SpokenWorkspace.CreateAsync(messages);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages} messages in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s, peak {Peak()} MB"));
        var (big, small) = (spoken.Big.Caller, spoken.Small.Caller);
        Console.WriteLine($"{"ms, first page of 20",-44}{"cold",9}{"p50",9}{"p95",9}{"max",9}{"hits",6}");
        await WarmUpAsync(spoken, small);
        await SearchAsync(spoken, "a frequent word", big, SpokenWorkspace.Greeting);
        await SearchAsync(spoken, "a rare word", big, spoken.Rare);
        await SearchAsync(spoken, "two frequent words", big, $"{SpokenWorkspace.Greeting} {SpokenWorkspace.Order}");
        await SearchAsync(spoken, "a frequent and a rare word", big, $"{SpokenWorkspace.Greeting} {spoken.Rare}");
        await SearchAsync(spoken, "a beginning of two letters", big, SpokenWorkspace.Greeting[..2]);
        await SearchAsync(spoken, "a beginning of three letters", big, SpokenWorkspace.Greeting[..3]);
        await SearchAsync(spoken, "half-spaces, Arabic letters", big, "\u0645\u064A\u200C\u062E\u0648\u0627\u0647\u0645");
        await SearchAsync(spoken, "a phrase", big, $"\"{SpokenWorkspace.Greeting} {SpokenWorkspace.Order}\"");
        await SearchAsync(spoken, "nothing", big, "\u0698\u0698\u0698\u0698");
        await SearchAsync(spoken, "a frequent word in one conversation", big, SpokenWorkspace.Greeting, new(ConversationId: "conv_5000"));
        await SearchAsync(spoken, "a frequent word in one month", big, SpokenWorkspace.Greeting, new(From: "2026-02-10", To: "2026-03-10"));
        await SearchAsync(spoken, "a frequent word on one channel", big, SpokenWorkspace.Greeting, new(Source: "telegram"));
        await SearchAsync(spoken, "a late page of a frequent word", big, SpokenWorkspace.Greeting, cursor: "1000-1000");
        await SearchAsync(spoken, "a frequent word, the small workspace", small, SpokenWorkspace.Greeting);
        await SearchAsync(spoken, "a rare word, the small workspace", small, spoken.Rare);
        await ReportAsync(spoken, big, "year", "2026-01-01", "2026-12-31");
        await ReportAsync(spoken, big, "month", "2026-06-01", "2026-06-30");
    }

    // What the very first questions of a process take is its own code being compiled, whatever they ask.
    private static async Task WarmUpAsync(SpokenWorkspace spoken, Caller small)
    {
        await SearchAsync(spoken, "the process's first, the small workspace", small, SpokenWorkspace.Greeting);
        var conversation = await spoken.Store.ReadAsync(db => db.Conversations.Where(c => c.WorkspaceId == spoken.Small.Id).MaxAsync(c => c.Id));
        await spoken.Store.SendAsync(new SearchWorkspace(small, SpokenWorkspace.Greeting, new SearchFilters(ConversationId: new ConversationId(conversation).ToString()), new Paging(20)));
        await spoken.Store.SendAsync(new SearchWorkspace(small, SpokenWorkspace.Greeting, new SearchFilters(Source: "telegram", From: "2026-02-10", To: "2026-03-10"), new Paging(20)));
    }

    private static async Task SearchAsync(SpokenWorkspace spoken, string name, Caller by, string typed, SearchFilters? filters = null, string? cursor = null)
    {
        var search = new SearchWorkspace(by, typed, filters ?? new SearchFilters(), new Paging(20, cursor));
        var (times, hits) = (new double[Times + 1], 0);
        SqliteConnection.ClearAllPools();
        for (var i = 0; i < times.Length; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            hits = (await spoken.Store.SendAsync(search)).Items.Count;
            times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        var (cold, warm) = (times[0], times[1..]);
        Array.Sort(warm);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-44}{cold,9:0.0}{warm[Times / 2],9:0.0}{warm[Times * 95 / 100],9:0.0}{warm[^1],9:0.0}{hits,6}"));
    }

    private static async Task ReportAsync(SpokenWorkspace spoken, Caller by, string name, string from, string to)
    {
        for (var i = 0; i < 3; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var report = await spoken.Store.SendAsync(new GetOverview(by, from, to, "Asia/Tehran"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"a {name}'s overview of {report.Total.MessagesIn + report.Total.MessagesOut} messages: {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms, peak {Peak()} MB"));
        }
    }

    private static long Peak()
    {
        using var own = Process.GetCurrentProcess();
        return own.PeakWorkingSet64 / 1_000_000;
    }
}
