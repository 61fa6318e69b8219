using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>The parameters of one statement; everything a caller says gets into SQL through here and nowhere else.</summary>
internal sealed class SqlParameters(NpgsqlParameterCollection parameters)
{
    /// <summary>Adds a value and answers its place holder.</summary>
    public string Add<T>(T value, NpgsqlDbType type)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }

    public string Number(long value) => Add(value, NpgsqlDbType.Bigint);

    public string Text(string value) => Add(value, NpgsqlDbType.Text);
}
