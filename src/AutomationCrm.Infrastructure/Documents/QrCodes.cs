using AutomationCrm.Application.Documents;
using QRCoder;

namespace AutomationCrm.Infrastructure.Documents;

/// <summary>QR codes by QRCoder, as PNG.</summary>
internal sealed class QrCodes : IQrCodes
{
    private const int PixelsPerModule = 10;

    public byte[] Png(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }
}
