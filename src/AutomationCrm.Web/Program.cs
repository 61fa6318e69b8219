using AutomationCrm.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddCrmPages();
builder.Services.AddSingleton(TimeProvider.System);

var app = builder.Build();
app.UseCrmPages();
app.UseCrmCulture();
app.MapCrmPages();
await app.RunAsync();

/// <summary>The entry point, visible to the tests that host the app.</summary>
public partial class Program;
