using AutoMapper;
using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fiko.ArchitectureTests;

public sealed class KeepingTypesInForm
{
    // Ends a typing indicator, in memory. It may happen twice, or for a message that is refused in the end: both are harmless.
    private static readonly string[] KnownToReachOut = ["AcceptMessageHandler"];

    private static readonly string[] NotAudited =
    [
        "KeepTicket", // Opens nothing that the token it was asked for with does not.
        "ReserveUpload", // Only makes room for the bytes; KeepUpload says that there is a file.
    ];

    // The folder is called data, by the settings and by operators.
    private static readonly string[] NamesWithAReason = ["DataFolder"];

    [Fact]
    public void Handlers_stay_hidden() => Assert.Empty(TypeRules.ExposedHandlers(Code.Types));

    [Fact]
    public void And_an_exposed_one_is_noticed() => Assert.Equal([typeof(Exposed)], TypeRules.ExposedHandlers([typeof(Exposed), typeof(Hidden)]));

    [Fact]
    public void Commands_touch_nothing_but_the_database() =>
        Assert.Equal(KnownToReachOut, TypeRules.CommandsThatReachOut(Code.Types).Select(t => t.Name));

    [Fact]
    public void And_one_that_reaches_out_is_noticed() => Assert.Equal([typeof(Reaching)], TypeRules.CommandsThatReachOut([typeof(Reaching), typeof(Hidden)]));

    [Fact]
    public void What_a_person_changes_is_audited() =>
        Assert.Equal(NotAudited.Order(), TypeRules.CommandsWithoutAudit(Code.Types).Select(t => t.Name).Order());

    [Fact]
    public void And_a_change_that_is_not_is_noticed() =>
        Assert.Equal([typeof(Sly)], TypeRules.CommandsWithoutAudit([typeof(Sly), typeof(Noted), typeof(Torn), typeof(Looking)]));

    [Fact]
    public void What_offers_a_note_is_a_command() => Assert.Empty(TypeRules.AuditsInVain(Code.Types));

    [Fact]
    public void And_a_note_in_vain_is_noticed() => Assert.Equal([typeof(Vain)], TypeRules.AuditsInVain([typeof(Vain), typeof(Noted), typeof(Sly)]));

    [Fact]
    public void Names_say_something() => Assert.Equal(NamesWithAReason, TypeRules.VagueNames(Code.Types).Select(t => t.Name));

    [Fact]
    public void And_one_that_does_not_is_noticed() =>
        Assert.Equal([typeof(ChatManager), typeof(JSONHelper)], TypeRules.VagueNames([typeof(ChatManager), typeof(JSONHelper), typeof(Basement)]));

    [Fact]
    public void Frames_are_sealed_records() => Assert.Empty(TypeRules.LooseFrames(Code.Types));

    [Fact]
    public void And_an_open_one_is_noticed() => Assert.Equal([typeof(OpenFrame)], TypeRules.LooseFrames([typeof(OpenFrame), typeof(PongFrame)]));

    [Fact]
    public void No_two_frames_share_a_name_on_the_wire() => Assert.Empty(TypeRules.SharedWireNames(Code.Types));

    [Fact]
    public void And_a_shared_one_is_noticed() => Assert.Equal(["pong"], TypeRules.SharedWireNames([typeof(OpenFrame), typeof(PongFrame)]));

    [Fact]
    public void A_frame_is_called_as_it_is_on_the_wire() => Assert.Empty(TypeRules.MisnamedFrames(Code.Types));

    [Fact]
    public void And_a_misnamed_one_is_noticed() => Assert.Equal([typeof(OpenFrame)], TypeRules.MisnamedFrames([typeof(OpenFrame), typeof(PongFrame)]));

    [Fact]
    public void Every_request_has_exactly_one_handler() => Assert.Empty(TypeRules.RequestsWithoutOneHandler(Code.Types));

    [Fact]
    public void And_one_with_none_or_two_is_noticed() => Assert.Equal(
        [typeof(Orphan), typeof(Torn)],
        TypeRules.RequestsWithoutOneHandler([typeof(Orphan), typeof(Torn), typeof(Hidden), typeof(Other), typeof(Asked), typeof(Answering)]));

    [Fact]
    public void Every_event_is_in_the_catalog() => Assert.Empty(TypeRules.EventsNotInTheCatalog(Code.Types));

    [Fact]
    public void And_a_forgotten_one_is_noticed() => Assert.Equal([typeof(Forgotten)], TypeRules.EventsNotInTheCatalog([typeof(Forgotten)]));

    [Fact]
    public void Every_map_fills_every_field() =>
        new MapperConfiguration(maps => maps.AddMaps(Code.Application), NullLoggerFactory.Instance).AssertConfigurationIsValid();

    [Fact]
    public void And_a_field_left_empty_is_noticed()
    {
        var holey = new MapperConfiguration(maps => maps.CreateMap<Asked, ChannelView>(), NullLoggerFactory.Instance);

        Assert.Throws<AutoMapperConfigurationException>(holey.AssertConfigurationIsValid);
    }

#pragma warning disable CA1034, CA1812, CA1852 // Offenders are as public, unused and open as the rules forbid.
    public class Exposed : INotificationHandler<INotification>
    {
        public Task Handle(INotification notification, CancellationToken ct) => Task.CompletedTask;
    }

    internal sealed record Torn : ICommand<int>;

    internal sealed record Orphan : IRequest<int>;

    internal sealed record Asked : IRequest<int>;

    internal sealed class Hidden : IRequestHandler<Torn, int>
    {
        public Task<int> Handle(Torn request, CancellationToken ct) => Task.FromResult(0);
    }

    internal sealed class Other : IRequestHandler<Torn, int>
    {
        public Task<int> Handle(Torn request, CancellationToken ct) => Task.FromResult(0);
    }

    internal sealed class Answering : IRequestHandler<Asked, int>
    {
        public Task<int> Handle(Asked request, CancellationToken ct) => Task.FromResult(0);
    }

    internal sealed class Reaching(HttpClient http) : IRequestHandler<Torn, int>
    {
        public Task<int> Handle(Torn request, CancellationToken ct) => Task.FromResult(http.GetType().Name.Length);
    }

    internal sealed record Sly(Caller By) : ICommand<int>;

    internal sealed record Looking(Caller By) : IRequest<int>;

    internal sealed record Noted(Caller By) : ICommand<int>, IAudited<int>
    {
        public AuditNote? Audit(int result) => null;
    }

    internal sealed record Vain(Caller By) : IRequest<int>, IAudited<int>
    {
        public AuditNote? Audit(int result) => null;
    }

    internal record OpenFrame() : ServerFrame("pong");

    internal sealed record Forgotten : IDomainEvent;

    internal sealed class ChatManager;

    internal sealed class JSONHelper;

    internal sealed class Basement;
#pragma warning restore CA1034, CA1812, CA1852
}
