using System.Text.Json;
using Fiko.Application.Resources;
using Fiko.Infrastructure.Realtime;

namespace Fiko.UnitTests.Resources;

/// <summary>RFC 7396: left out and null are two things.</summary>
public class ReadingAMergePatch
{
    [Fact]
    public void A_field_that_is_left_out_is_not_set()
    {
        var patch = Read("{}");

        Assert.False(patch.FirstName.IsSet);
        Assert.Equal("before", patch.FirstName.Or("before"));
        Assert.False(patch.Priority.IsSet);
    }

    [Fact]
    public void Null_is_a_value()
    {
        var patch = Read("""{"first_name":null}""");

        Assert.True(patch.FirstName.IsSet);
        Assert.Null(patch.FirstName.Or("before"));
    }

    [Fact]
    public void A_value_is_read_as_its_own_type()
    {
        var patch = Read("""{"first_name":"Sara","priority":3,"tags":["vip"]}""");

        Assert.Equal(("Sara", 3), (patch.FirstName.Value, patch.Priority.Value));
        Assert.Equal(["vip"], patch.Tags.Value);
    }

    [Theory]
    [InlineData("""{"priority":null}""", "$.priority")]
    [InlineData("""{"priority":"high"}""", "$.priority")]
    [InlineData("""{"first_name":5}""", "$.first_name")]
    [InlineData("""{"tags":[1]}""", "$.tags")]
    public void What_can_not_be_read_is_named(string json, string path)
    {
        var refusal = Assert.Throws<JsonException>(() => Read(json));

        Assert.Equal(path, refusal.Path);
    }

    private static Patch Read(string json) => JsonSerializer.Deserialize<Patch>(json, Wire.Options)!;

    private sealed record Patch(Optional<string?> FirstName, Optional<int> Priority, Optional<string[]> Tags);
}
