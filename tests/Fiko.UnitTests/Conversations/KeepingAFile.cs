using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class KeepingAFile
{
    private static readonly DateTimeOffset Lease = Talk.Noon.AddMinutes(3);

    [Fact]
    public void A_customer_s_file_is_fetched_after_it_is_shown()
    {
        var file = Received();
        Assert.Equal((AttachmentStatus.Pending, Talk.Noon), (file.Status, file.DueAt));

        file.Begin("ab/key", Lease);
        file.Store("image/png", 10, 4, 3);

        Assert.Equal((AttachmentStatus.Ready, "ab/key", "image/png", 10L, 4, 3), (file.Status, file.StorageKey, file.MediaType, file.Size, file.Width, file.Height));
        Assert.Equal((FileKind.Voice, null, null), (file.Kind, file.RemoteId, file.DueAt));
    }

    [Fact]
    public void A_second_attempt_goes_to_the_place_of_the_first()
    {
        var file = Received();
        file.Begin("ab/first", Lease);
        file.Begin("ab/second", Lease);

        Assert.Equal(("ab/first", 2), (file.StorageKey, file.Attempts));
    }

    [Fact]
    public void An_upload_is_what_its_content_is()
    {
        var file = Attachment.Uploading(7, by: 1, "a", "ab/key", Lease, Talk.Noon);

        file.Store("image/jpeg", 10);

        Assert.Equal((FileKind.Image, AttachmentStatus.Ready), (file.Kind, file.Status));
    }

    [Fact]
    public void What_is_taken_back_while_it_is_fetched_is_forgotten_only_after_that()
    {
        var file = Received();
        file.Begin("ab/key", Lease);

        file.Delete();

        Assert.Equal((AttachmentStatus.Deleted, "ab/key", Lease), (file.Status, file.StorageKey, file.DueAt));
    }

    [Fact]
    public void What_is_there_and_is_taken_back_is_forgotten_at_once()
    {
        var file = Received();
        file.Begin("ab/key", Lease);
        file.Store("image/png", 10);

        file.Delete();

        Assert.Equal((AttachmentStatus.Deleted, "ab/key", null, null), (file.Status, file.StorageKey, file.DueAt, file.Name));
        file.Forget();
        Assert.Null(file.StorageKey);
    }

    [Fact]
    public void What_will_not_come_has_no_place()
    {
        var file = Received();
        file.Begin("ab/key", Lease);

        file.GiveUp("Too large");

        Assert.Equal((AttachmentStatus.Unavailable, "Too large", null), (file.Status, file.Problem, file.StorageKey));
    }

    [Theory]
    [InlineData("image/png", FileKind.Image)]
    [InlineData("image/gif", FileKind.Animation)]
    [InlineData("image/svg+xml", FileKind.File)]
    [InlineData("image/heic", FileKind.File)]
    [InlineData("audio/ogg", FileKind.Voice)]
    [InlineData("audio/mpeg", FileKind.Audio)]
    [InlineData("video/mp4", FileKind.Video)]
    [InlineData("application/pdf", FileKind.File)]
    public void A_kind_is_what_it_is_to_a_person(string mediaType, string kind) => Assert.Equal(kind, FileKind.Of(mediaType));

    private static Attachment Received() =>
        Attachment.Received(7, 1, new IncomingFile(FileKind.Voice) { RemoteId = "remote", Name = "a.ogg" }, position: 0, Talk.Noon);
}
