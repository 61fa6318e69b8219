using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Html;
using AutomationCrm.Application.Documents.Links;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Templates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Application.Documents;

/// <summary>Paperwork without its outside programs.</summary>
internal static class DocumentServices
{
    public static void AddDocuments(this IServiceCollection services)
    {
        services.AddOptions<DocumentOptions>().BindConfiguration(DocumentOptions.Section);
        services.AddSingleton<ITemplateEngine, HtmlTemplate>();
        services.AddSingleton<TemplateEngines>();
        services.TryAddSingleton<IProductRows, ProductOfItem>();
        services.AddSingleton<PublicLinks>();
        services.AddScoped<PaperBuilder>();
        services.AddScoped<PictureReader>();
        services.AddScoped<DocumentDesk>();
        services.AddScoped<DocumentPrinter>();
        services.AddScoped<PublicDocuments>();
        services.AddScoped<QrPages.QrPages>();
        services.AddScoped<SigningDesk>();
    }
}
