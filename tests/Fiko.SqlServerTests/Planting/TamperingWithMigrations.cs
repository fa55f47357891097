using Fiko.SqlServerTests.Replaying;

namespace Fiko.SqlServerTests.Planting;

public sealed class TamperingWithMigrations(MigrationScripts migrations)
{
    [Theory]
    [InlineData("[Username] nvarchar(200) NULL", "[Username] nvarchar(20) NULL")]
    [InlineData("CREATE INDEX [IX_messages_SenderId]", "CREATE INDEX [IX_messages_of_SenderId]")]
    [InlineData("REFERENCES [conversations] ([Id]) ON DELETE CASCADE", "REFERENCES [conversations] ([Id])")]
    [InlineData("ALTER TABLE [conversations] ADD [AskedAt] datetimeoffset(3) NULL", "ALTER TABLE [conversations] ADD [AskedAt] datetimeoffset(7) NULL")]
    public void What_they_come_to_is_no_longer_the_model(string text, string instead) =>
        Assert.NotEmpty(MigrationCheck.Differences(migrations.Plain, Tamper(text, instead)));

    [Theory]
    [InlineData("ALTER TABLE [conversations] ADD [AskedAt]", "ALTER TABLE [conversation] ADD [AskedAt]", "no table conversation ")]
    [InlineData("DROP INDEX [IX_messages_ChannelId_Chat_ExternalId] ON [messages];", "", "while IX_messages_ChannelId_Chat_ExternalId uses it")]
    [InlineData("DROP INDEX [IX_messages_ChannelId_Chat_ExternalId]", "DROP INDEX [IX_messages_Chat]", "no messages.IX_messages_Chat to drop")]
    [InlineData("DROP COLUMN [AvatarUrl]", "DROP COLUMN [AvatarUri]", "no column customers.AvatarUri to drop")]
    [InlineData("ON [message_search] ([Words]", "ON [message_serch] ([Words]", "no table message_serch")]
    [InlineData("ADD [AskedAt] datetimeoffset(3) NULL", "ADD [AskedAt] datetimeoffset(3) NOT NULL", "would have no value")]
    public void What_the_server_would_refuse_on_the_way_is_found(string text, string instead, string problem) =>
        Assert.Contains(new ReplayedSchema().Apply(Tamper(text, instead)).Problems, p => p.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("SELECT ChannelId, Chat, ExternalId, Id FROM messages", "SELECT ChannelId, Chat, ExternalIdd, Id FROM messages", "ExternalIdd")]
    [InlineData("CREATE TRIGGER [deliveries_of_answers_only] ON [deliveries]", "CREATE TRIGGER [deliveries_of_answers_only] ON [deliverys]", "deliverys")]
    public void What_would_not_compile_is_found(string text, string instead, string problem) =>
        Assert.Contains(MigrationCheck.Problems(Tamper(text, instead)), p => p.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_statement_that_nobody_understands_is_not_skipped() =>
        Assert.Contains("cannot be applied", Assert.Single(new ReplayedSchema().Apply("TRUNCATE TABLE [agents]").Problems), StringComparison.Ordinal);

    [Fact]
    public void Left_alone_they_are_in_order() => Found.Nothing(MigrationCheck.Problems(migrations.Plain));

    private string Tamper(string text, string instead)
    {
        Assert.Contains(text, migrations.Plain, StringComparison.Ordinal);
        return migrations.Plain.Replace(text, instead, StringComparison.Ordinal);
    }
}
