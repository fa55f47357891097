using System.Runtime.CompilerServices;
using System.Text;
using Fiko.SqlServerTwin.Capture;
using Fiko.SqlServerTwin.Fake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>Saves in the twin what is about to be saved on SQLite.</summary>
internal static class SaveReplay
{
    // From so many rows on EF Core writes them as one batch.
    private const int Batched = 4;

    /// <summary>What of a save decides the commands: kinds of rows, how many, and which of their columns.</summary>
    public static string ShapeOf(IReadOnlyList<EntityEntry> changed)
    {
        var shape = new StringBuilder();
        foreach (var kind in changed.GroupBy(KindOf).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            shape.Append(kind.Key).Append(kind.Count() switch { 1 => "1", < Batched => "few", _ => "many" }).Append(';');
        }

        return shape.ToString();
    }

    public static void Run(IReadOnlyList<EntityEntry> changed, CommandLog log)
    {
        using var connection = new FakeConnection(log.Add);
        try
        {
            using var twin = TwinDatabase.Open(connection);
            twin.Db.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var entry in changed)
            {
                Copy(entry, twin.Db);
            }

            twin.Db.SaveChanges();
        }
        catch (Exception failed)
        {
            log.Fail($"{failed.GetType().Name}: {failed.Message} {failed.InnerException?.Message}\n  in the save of {ShapeOf(changed)}");
        }
    }

    private static string KindOf(EntityEntry entry) => entry.State is EntityState.Modified
        ? $"{entry.Metadata.ShortName()}*{string.Join('+', entry.Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name))}"
        : $"{entry.Metadata.ShortName()}{(entry.State is EntityState.Added ? '+' : '-')}";

    private static void Copy(EntityEntry from, DbContext twin)
    {
        var type = from.Metadata.ClrType;
        var isAdded = from.State is EntityState.Added;
        var to = twin.Entry(HasEmptyConstructor(type) ? Activator.CreateInstance(type, nonPublic: true)! : RuntimeHelpers.GetUninitializedObject(type));
        foreach (var property in to.Properties)
        {
            property.CurrentValue = from.Property(property.Metadata.Name).CurrentValue;
        }

        to.State = from.State;
        foreach (var property in to.Properties)
        {
            var original = from.Property(property.Metadata.Name);
            if (!isAdded && !property.Metadata.IsKey())
            {
                property.OriginalValue = original.OriginalValue;
                property.IsModified = from.State is EntityState.Modified && original.IsModified;
            }

            if (isAdded && original.IsTemporary)
            {
                property.IsTemporary = true;
            }
        }
    }

    private static bool HasEmptyConstructor(Type type) =>
        type.GetConstructor(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, []) is not null;
}
