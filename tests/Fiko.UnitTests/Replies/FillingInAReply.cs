using Fiko.Application.Replies;

namespace Fiko.UnitTests.Replies;

public sealed class FillingInAReply
{
    private static readonly Dictionary<string, string?> Values = new() { ["customer.first_name"] = "سارا", ["customer.last_name"] = "", ["agent.first_name"] = "{{conversation.id}}" };

    [Theory]
    [InlineData("سلام {{customer.first_name}}!", "سلام سارا!")]
    [InlineData("{{ customer.first_name }}", "سارا")]
    [InlineData("Dear {{customer.last_name|customer}}", "Dear customer")]
    [InlineData("Dear {{customer.last_name| dear customer }}", "Dear dear customer")]
    [InlineData("Dear {{customer.first_name|customer}}", "Dear سارا")]
    [InlineData("[{{customer.last_name}}]", "[]")]
    [InlineData("a { b } {{ c", "a { b } {{ c")]
    [InlineData("{{agent.first_name}}", "{{conversation.id}}")]
    public void What_is_known_is_said_and_what_is_not_has_other_words(string text, string expected) => Assert.Equal(expected, ReplyTemplate.Fill(text, Values));

    [Theory]
    [InlineData("Hello {{customer.first_name}} {{agent.last_name|x}}", null)]
    [InlineData("Hello {{customer.age}}", "customer.age")]
    [InlineData("Hello {{}}", "")]
    [InlineData("Hello {{Customer.First_Name}}", "Customer.First_Name")]
    public void A_variable_that_there_is_not_is_found(string text, string? unknown) => Assert.Equal(unknown, ReplyTemplate.UnknownIn(text));
}
