using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using Fiko.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Storm;

/// <summary>A server of which everything is kept that leaves it beside its work: what it logs, answers, traces and counts.</summary>
internal sealed class WatchedServer : FikoServer
{
    public const string AppSecret = "5ec2e7a0b1c2d3e4f5061728394a5b6c";
    public const string VerifyToken = "verify-token-of-the-dashboard-9e8d7c";

    private readonly ConcurrentQueue<string> _answers = new();
    private readonly ConcurrentQueue<string> _signs = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public WatchedServer()
    {
        LogEverything();
        Settings["Instagram:AppSecret"] = AppSecret;
        Settings["Instagram:VerifyToken"] = VerifyToken;
        Settings["Delivery:SendTimeout"] = "00:00:01";
        Settings["Delivery:Backoff"] = "00:00:00.020";
        Settings["Delivery:MaxAttempts"] = "2";
        Settings["Files:Backoff"] = "00:00:00.050";
        Services = services => services.AddSingleton<ILoggerProvider>(Fields);

        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<int>(Count);
        _meters.SetMeasurementEventCallback<long>(Count);
        _meters.SetMeasurementEventCallback<double>(Count);
        _meters.Start();
    }

    /// <summary>The fields of each line of the log, as a store of structured logs would keep them.</summary>
    public FieldLog Fields { get; } = new();

    /// <summary>The status, headers and body of every answer.</summary>
    public IReadOnlyCollection<string> Answers => _answers;

    /// <summary>Each trace with its tags, each measurement with its tags.</summary>
    public IReadOnlyCollection<string> Signs => _signs;

    /// <summary>All files beside the keys that secrets are sealed with.</summary>
    public IEnumerable<FileInfo> Files
    {
        get
        {
            var folder = new DirectoryInfo(DataFolder);
            var keys = Path.Combine(folder.FullName, "keys") + Path.DirectorySeparatorChar;
            return folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => !f.FullName.StartsWith(keys, StringComparison.Ordinal));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _activities.Dispose();
        _meters.Dispose();
        await base.DisposeAsync();
    }

    // The tests' own calls are no traces of the server's.
    protected override HttpMessageHandler NewHandler() =>
        new Recorder(_answers) { InnerHandler = new SocketsHttpHandler { ActivityHeadersPropagator = null } };

    private void Keep(Activity activity)
    {
        var tags = activity.TagObjects.Concat(activity.Events.SelectMany(e => e.Tags)).Concat(activity.Links.SelectMany(l => l.Tags ?? []));
        var baggage = activity.Baggage.Select(b => $"{b.Key}={b.Value}");
        _signs.Enqueue($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', tags)} {string.Join(' ', baggage)} {activity.TraceStateString}");
    }

    private void Count<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (tags.Length > 0)
        {
            _signs.Enqueue($"{instrument.Meter.Name} {instrument.Name} {string.Join(' ', tags.ToArray())}");
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> answers) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            answers.Enqueue($"{answer.StatusCode} {Lines(answer.Headers)} {Lines(answer.Content.Headers)} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            return answer;
        }

        private static string Lines(HttpHeaders headers) => string.Join(' ', headers.Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"));
    }
}
