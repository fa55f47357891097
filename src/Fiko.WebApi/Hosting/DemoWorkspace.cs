using System.Security.Cryptography;
using Fiko.Application.Auth;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Workspaces;
using Fiko.WebApi.Sandbox.Instagram;
using Microsoft.EntityFrameworkCore;

namespace Fiko.WebApi.Hosting;

/// <summary>Fills an empty database with something to look at (running.md, Demo workspace). Its accounts live in the sandbox.</summary>
internal sealed class DemoWorkspace(
    IFikoDb db, IUnitOfWork unit, IPasswords passwords, ISecrets secrets, ChannelBook channels, TimeProvider time, ILogger<DemoWorkspace> log)
{
    public const string Owner = "owner@fiko.test";
    public const string Sara = "sara@fiko.test";
    public const string Reza = "reza@fiko.test";
    public const string Password = "fiko-demo";

    /// <summary>Valid in the sandbox only: Telegram has never heard of it.</summary>
    public const string BotToken = "7000000001:demo-bot-of-the-sandbox-0000000000";

    public async Task CreateWhereEmptyAsync(CancellationToken ct)
    {
        if (await db.Workspaces.AnyAsync(ct))
        {
            return;
        }

        var created = await unit.CommitAsync(() => CreateAsync(ct), ct);
        if (created)
        {
            log.DemoCreated();
        }
    }

    private async Task<bool> CreateAsync(CancellationToken ct)
    {
        // Asked again inside the transaction: two servers may start on one empty database.
        if (await db.Workspaces.AnyAsync(ct))
        {
            return false;
        }

        var now = time.Now();
        var workspace = new Workspace("Fiko Demo", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), now);
        db.Workspaces.Add(workspace);
        await db.SaveChangesAsync(ct);

        var sara = AddAgent(workspace, Sara, "Sara", "Ahmadi", Role.Agent, now);
        AddAgent(workspace, Owner, "Omid", "Karimi", Role.Owner, now);
        AddAgent(workspace, Reza, "Reza", "Moradi", Role.Agent, now);
        var telegram = new ChannelAccount(workspace.Id, ChannelName.Telegram, "Fiko Demo", "fiko_demo_bot", BotToken.Split(':')[0], now);
        telegram.Arm(secrets.Seal(BotToken), secrets.Seal(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))), polls: false);
        var instagram = new ChannelAccount(workspace.Id, ChannelName.Instagram, "Fiko Demo", "fiko.demo", "17841400000000001", now);
        instagram.Arm(secrets.Seal(InstagramToken.Demo), sealedSecret: null, polls: false);
        db.Channels.AddRange(telegram, instagram);
        await db.SaveChangesAsync(ct);

        foreach (var story in DemoStories.All)
        {
            await TellAsync(story, story.OnInstagram ? instagram : telegram, sara, now, ct);
        }

        return true;
    }

    private Agent AddAgent(Workspace workspace, string email, string firstName, string lastName, Role role, DateTimeOffset now)
    {
        var agent = new Agent(workspace.Id, email, firstName, lastName, role, now);
        agent.SetPasswordHash(passwords.Hash(Password));
        db.Agents.Add(agent);
        return agent;
    }

    private async Task TellAsync(DemoStory story, ChannelAccount channel, Agent agent, DateTimeOffset now, CancellationToken ct)
    {
        var at = now - story.Ago;
        var customer = new Customer(channel.WorkspaceId, channel.Source, story.Customer, at);
        db.ChannelAddresses.Add(new ChannelAddress(channel.WorkspaceId, channel.Id, story.Chat, customer));
        var conversation = new Conversation(channel, customer, story.Chat, at);
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync(ct);

        var number = 0;
        foreach (var (fromCustomer, text) in story.Lines)
        {
            at += TimeSpan.FromMinutes(2);
            if (fromCustomer)
            {
                conversation.OpenWindow(channels.Find(channel.Source)?.Window, at);
            }

            db.Messages.Add(fromCustomer
                ? conversation.Receive(new IncomingMessage(Message.Text, text, $"demo-{++number}") { Scope = story.Chat }, at)
                : conversation.AnswerAtOnce(new OutgoingMessage(text, agent.Id), at));
        }

        await db.SaveChangesAsync(ct);
        if (story.IsRead && conversation.MarkRead(agent.Id, conversation.LastSeq, unreadAfter: 0))
        {
            db.ReadPositions.Add(new ReadPosition(conversation.Id, agent.Id, conversation.LastSeq, at));
        }

        await db.SaveChangesAsync(ct);
    }
}
