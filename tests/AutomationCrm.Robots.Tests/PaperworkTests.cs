using System.Text;
using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Tests;

/// <summary>Reference bitrix-automation 1.6, Paperwork and QR; 2.2 DOCUMENT_CREATE.</summary>
public sealed class PaperworkTests
{
    [Fact]
    public async Task Create_document_makes_a_numbered_document_whose_files_and_link_later_robots_know()
    {
        var heard = new Listener();
        await using var app = await StartAsync(new Converter(), heard);

        var run = await app.RunAsync("create_document", new { template = "page", values = new { Terms = "{=Document:TITLE} in 30 days" }, link = "Y" });

        Assert.Equal(RobotRunState.Done, run.State);
        var document = await DocumentAsync(app);
        var results = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(run.Results!)!;
        Assert.Equal(document.Number, results["Number"].GetString());
        Assert.Equal(document.PdfFileId.ToString(), results["FileId"].GetString());
        Assert.EndsWith($"/d/{document.PublicToken}", results["Url"].GetString(), StringComparison.Ordinal);
        Assert.Equal((run.Id, 0L), (document.RobotRunId, document.MadeBy));
        Assert.Contains("Chairs in 30 days", Encoding.UTF8.GetString((await app.Services.GetRequiredService<IFileStore>().ReadAsync(document.SourceFileId!.Value, CancellationToken.None))!), StringComparison.Ordinal);
        Assert.Equal([(HappeningCodes.DocumentCreated, true)], heard.Heard);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timeline_note where kind = 'document' and robot_run_id is not null"));
    }

    [Fact]
    public async Task Create_document_without_a_converter_waits_for_a_person_and_keeps_its_number()
    {
        var converter = new Converter { Failure = new(PdfException.NoConverter, "Install Chromium.", retryable: false) };
        await using var app = await StartAsync(converter);

        var run = await app.RunAsync("create_document", new { template = "page", values = new { Terms = "x" } });

        Assert.Equal(RobotRunState.Incident, run.State);
        Assert.Contains("Install Chromium.", run.Message, StringComparison.Ordinal);
        var number = (await DocumentAsync(app)).Number;
        converter.Failure = null;
        var incident = await app.ReadAsync(db => db.Incidents.Select(i => i.Id).SingleAsync());
        await app.SendAsync(new Application.Automation.Incidents.ResolveIncident(incident, Application.Automation.Incidents.IncidentAction.Retry));
        await app.DrainAsync();
        Assert.Equal(RobotRunState.Done, (await app.LastAsync()).State);
        Assert.Equal(number, (await DocumentAsync(app)).Number);
        Assert.Equal(1, await app.ScalarAsync<long>("select last from number_series"));
    }

    [Fact]
    public async Task Create_document_that_is_sent_again_after_a_lost_answer_is_the_same_document()
    {
        var converter = new Converter { Failure = new(PdfException.Failed, "It broke down.", retryable: true) };
        await using var app = await StartAsync(converter);
        await app.RunAsync("create_document", new { template = "page", values = new { Terms = "x" } });

        converter.Failure = null;
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();

        Assert.Equal(RobotRunState.Done, (await app.LastAsync()).State);
        Assert.Equal((1, 1), (await app.ScalarAsync<long>("select count(*) from document"), await app.ScalarAsync<long>("select last from number_series")));
    }

    [Theory]
    [InlineData("nope", "pdf", "There is no document template nope.")]
    [InlineData("page", "docx", "makes PDF only")]
    [InlineData("page", "xls", "none of pdf, docx and both")]
    public async Task Create_document_that_cannot_work_is_an_incident_that_says_why(string template, string format, string why)
    {
        await using var app = await StartAsync(new Converter());

        var run = await app.RunAsync("create_document", new { template, format });

        Assert.Equal(RobotRunState.Incident, run.State);
        Assert.Contains(why, run.Message, StringComparison.Ordinal);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from document"));
    }

    [Fact]
    public async Task Create_qr_attaches_a_picture_to_the_item()
    {
        await using var app = await StartAsync(new Converter());

        var run = await app.RunAsync("create_qr", new { text = "https://example.com/{=Document:ID}", title = "To pay" });

        Assert.Equal(RobotRunState.Done, run.State);
        var file = await app.ReadAsync(db => db.ItemFiles.AsNoTracking().SingleAsync());
        Assert.Equal("To pay.png", file.Name);
        Assert.Contains(file.FileId.ToString(), run.Results, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await app.Services.GetRequiredService<IFileStore>().ReadAsync(file.FileId, CancellationToken.None))!.Take(4));
    }

    [Fact]
    public async Task Create_qr_of_a_text_that_no_phone_could_read_is_refused()
    {
        await using var app = await StartAsync(new Converter());

        Assert.Equal(RobotRunState.Incident, (await app.RunAsync("create_qr", new { text = new string('x', 1_001) })).State);
    }

    private static async Task<AppFixture> StartAsync(Converter converter, Listener? listener = null)
    {
        var app = await AppFixture.StartAsync(services =>
        {
            services.AddSingleton<IPdfConverter>(converter);
            if (listener is not null) services.AddScoped<IHappeningReaction>(_ => listener);
        });
        await app.SendAsync(new SaveTemplateFile(null, "page.html", "<p>{=Paper:Number} {=Value:Terms}</p>"u8.ToArray(), new("Page", [ItemTypeIds.Deal]) { Prefix = "P-" }) { Code = "page" });
        return app;
    }

    private static Task<Document> DocumentAsync(AppFixture app) => app.ReadAsync(db => db.Documents.AsNoTracking().SingleAsync());

    private sealed class Converter : IPdfConverter
    {
        public PdfException? Failure { get; set; }

        public Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct) => Failure is { } failure ? throw failure : Task.FromResult("%PDF-1.4"u8.ToArray());
    }

    private sealed class Listener : IHappeningReaction
    {
        public List<(string Code, bool InChain)> Heard { get; } = [];

        public bool Interested(string code) => true;

        public ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct)
        {
            Heard.Add((happened.Code, work.Caller.Cause is { Depth: > 0 }));
            return default;
        }
    }
}
