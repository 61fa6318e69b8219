using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Infrastructure.Documents.Docx;
using AutomationCrm.Infrastructure.Documents.Pdf;
using AutomationCrm.Infrastructure.Documents.Shipped;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Infrastructure.Documents;

/// <summary>Word templates, PDF converters, QR codes.</summary>
internal static class PaperworkServices
{
    public static void AddPaperwork(this IServiceCollection services)
    {
        services.AddSingleton<ITemplateEngine, DocxTemplate>();
        services.AddSingleton<IShippedTemplates, ShippedTemplates>();
        services.AddSingleton<IQrCodes, QrCodes>();
        services.AddSingleton<ChromiumFinder>();
        services.AddSingleton<ChromiumPrinter>();
        services.AddSingleton<Gotenberg>();
        services.AddSingleton<LibreOffice>();
        services.AddSingleton<IPdfConverter, PdfConverter>();
    }
}
