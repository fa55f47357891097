using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>Errors of SQL Server without one. Their type has no public constructor.</summary>
internal static class SqlErrors
{
    public static SqlException Of(int number)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
        var constructor = typeof(SqlError).GetConstructors(Hidden).First(c => c.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(int));
        var error = constructor.Invoke([.. constructor.GetParameters().Select(p => Argument(p, number))]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .First(m => m.Name == "CreateException" && m.GetParameters() is [_, { ParameterType: var second }] && second == typeof(string));
        return (SqlException)create.Invoke(null, [errors, "16.00.1000"])!;
    }

    private static object? Argument(ParameterInfo parameter, int number) =>
        parameter.ParameterType == typeof(int) ? (parameter.Position == 0 ? number : 0)
        : parameter.ParameterType == typeof(byte) ? (byte)16
        : parameter.ParameterType == typeof(uint) ? 0u
        : parameter.ParameterType == typeof(string) ? $"error {number}"
        : null;
}
