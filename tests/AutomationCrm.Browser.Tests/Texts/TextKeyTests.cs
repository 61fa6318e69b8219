using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Texts;

/// <summary>Every text has a key, every key a text in both languages, and somebody who shows it.</summary>
public sealed partial class TextKeyTests
{
    private static readonly string[] EnglishForms = ["one", "other"];
    private static readonly string[] RussianForms = ["one", "few", "many"];
    private static readonly Dictionary<string, string> English = Read("Texts.resx");
    private static readonly Dictionary<string, string> Russian = Read("Texts.ru.resx");
    private static readonly HashSet<string> Counted = [.. English.Keys.Where(key => key.EndsWith(".one", StringComparison.Ordinal)).Select(key => key[..^4])];

    [Fact]
    public void English_and_Russian_have_the_same_keys_with_their_own_plural_forms()
    {
        Assert.NotEmpty(English);
        Assert.Equal(Plain(English), Plain(Russian));
        Assert.All(Counted, key => Assert.All(EnglishForms, form => Assert.Contains($"{key}.{form}", English.Keys)));
        Assert.All(Counted, key => Assert.All(RussianForms, form => Assert.Contains($"{key}.{form}", Russian.Keys)));
    }

    [Fact]
    public void A_translation_uses_the_same_placeholders()
    {
        foreach (var (key, text) in English)
        {
            if (Russian.TryGetValue(key, out var other)) Assert.True(Placeholders(text).SetEquals(Placeholders(other)), $"{key}: “{text}” and “{other}” name different placeholders");
        }
    }

    [Fact]
    public void Every_key_the_pages_and_scripts_name_exists()
    {
        var used = SourceFiles.Pages.Concat(SourceFiles.Code).SelectMany(file => ServerUse().Matches(File.ReadAllText(file)).Select(match => (File: file, Key: match.Groups["key"].Value)))
            .Concat(SourceFiles.Scripts.SelectMany(file => ScriptUse().Matches(File.ReadAllText(file)).Select(match => (File: file, Key: "js." + match.Groups["key"].Value))))
            .ToList();

        Assert.True(used.Count > 50, "The search must find the keys in use.");
        var missing = used.Where(use => !English.ContainsKey(use.Key) && !Counted.Contains(use.Key)).Select(use => $"{use.Key} in {SourceFiles.Name(use.File)}");
        Assert.Equal([], missing);
    }

    [Fact]
    public void Every_key_is_shown_somewhere()
    {
        var all = string.Concat(SourceFiles.Pages.Concat(SourceFiles.Code).Concat(SourceFiles.Scripts).Select(File.ReadAllText));
        var literals = Literals().Matches(all).Select(match => match.Groups["text"].Value).ToHashSet(StringComparer.Ordinal);
        var patterns = Composed().Matches(all).Select(match => match.Groups["text"].Value).Where(text => text.Contains('.', StringComparison.Ordinal) && Code().IsMatch(text) && char.IsAsciiLetterLower(text[0]))
            .Select(text => new Regex("^" + string.Join("[a-zA-Z_.]+", Code().Split(text).Select(Regex.Escape)) + "$", RegexOptions.None, TimeSpan.FromSeconds(1))).ToList();

        bool IsShown(string key)
        {
            var name = Base(key);
            var bare = name.StartsWith("js.", StringComparison.Ordinal) ? name[3..] : name;
            return literals.Contains(name) || literals.Contains(bare) || patterns.Exists(pattern => pattern.IsMatch(name));
        }

        var unused = English.Keys.Where(key => !IsShown(key)).ToList();
        Assert.True(unused.Count == 0, "Nobody shows: " + string.Join(", ", unused));
    }

    [Fact]
    public void No_page_shows_words_of_its_own()
    {
        var found = SourceFiles.Pages.Where(file => !SourceFiles.Name(file).StartsWith(Path.Combine("Pages", "Dev"), StringComparison.Ordinal))
            .SelectMany(file => RazorText.Find(File.ReadAllText(file)).Where(text => text.Trim(' ', '·') != "AutomationCrm").Select(text => $"{SourceFiles.Name(file)}: {text}"));

        Assert.Equal([], found);
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("@if (x > 1)\n{\n  var name = \"Not shown\";\n  <b title=\"Wrong too\">@name Wrong</b>\n}\nelse { <i>Third</i> }", "Wrong", "Third", "Wrong too")]
    [InlineData("<a href=\"/a\">@T[\"nav.deals\"]</a> @(a < b ? \"x\" : \"y\") &nbsp; <input placeholder=\"@T[\"a.b\"]\">")]
    [InlineData("@foreach (var x in y) { <li class=\"@(x > 1 ? \"reached\" : null)\">@x.Name(1)[2].Text, seen</li> }", ", seen")]
    public void The_search_for_words_reads_both_of_Razors_modes(string cshtml, params string[] expected) =>
        Assert.Equal(expected, RazorText.Find(cshtml));

    private static IEnumerable<string> Plain(Dictionary<string, string> texts) =>
        texts.Keys.Select(Base).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Base(string key)
    {
        var cut = key.LastIndexOf('.');
        return cut > 0 && Counted.Contains(key[..cut]) ? key[..cut] : key;
    }

    private static HashSet<string> Placeholders(string text) => [.. Hole().Matches(text).Select(match => match.Value)];

    private static Dictionary<string, string> Read(string name)
    {
        using var reader = XmlReader.Create(Path.Combine(Repository.Web, "Resources", name), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);
    }

    [GeneratedRegex("""(\bT|[tT]exts)(\.Plural\(|\[)"(?<key>[^"{]+)"|new(\s+NavGroup)?\("(?<key>nav\.\w+)"|new\("/[\w-]+",\s"(?<key>nav\.\w+)" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 2000)]
    private static partial Regex ServerUse();

    [GeneratedRegex(@"\btext\('(?<key>[^']+)'", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex ScriptUse();

    [GeneratedRegex("""["'](?<text>[a-z][\w.]+)["']""", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Literals();

    [GeneratedRegex("""\$"(?<text>[^"\n]+)" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 2000)]
    private static partial Regex Composed();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 2000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{[^{}]+\}", RegexOptions.None, 2000)]
    private static partial Regex Code();
}
