using Fiko.Domain.Agents;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class WorkspaceConfiguration : IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Workspace> workspace)
    {
        workspace.ToTable("workspaces");
        workspace.Property(w => w.Name).HasMaxLength(200);
        workspace.Property(w => w.OwnersVersion).IsConcurrencyToken();
        workspace.Property(w => w.LogStamp).HasMaxLength(16).IsUnicode(false);
    }
}

internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.ToTable("agents");
        agent.Property(a => a.Email).HasMaxLength(254);
        agent.Property(a => a.FirstName).HasMaxLength(200);
        agent.Property(a => a.LastName).HasMaxLength(200);
        agent.Property(a => a.PasswordHash).HasMaxLength(400).IsUnicode(false);
        agent.Property(a => a.Version).IsConcurrencyToken();
        agent.HasIndex(a => a.Email).IsUnique().HasFilter("RemovedAt IS NULL");
        agent.HasOne<Workspace>().WithMany().HasForeignKey(a => a.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.Property(s => s.RevokedBecause).HasMaxLength(32);
        session.HasOne<Agent>().WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("refresh_tokens");
        token.Property(t => t.Hash).HasMaxLength(64).IsUnicode(false);
        token.Property(t => t.UsedAt).IsConcurrencyToken();
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasOne(t => t.Session).WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SocketTicketConfiguration : IEntityTypeConfiguration<SocketTicket>
{
    public void Configure(EntityTypeBuilder<SocketTicket> ticket)
    {
        ticket.ToTable("socket_tickets");
        ticket.Property(t => t.Hash).HasMaxLength(64).IsUnicode(false);
        ticket.HasIndex(t => t.Hash).IsUnique();
        ticket.HasIndex(t => t.ExpiresAt);
        ticket.HasOne<Agent>().WithMany().HasForeignKey(t => t.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
