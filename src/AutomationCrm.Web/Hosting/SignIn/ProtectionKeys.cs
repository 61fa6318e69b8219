using System.Xml;
using System.Xml.Linq;
using AutomationCrm.Application.Ports;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The keys of antiforgery tokens and messages lie in the database, so that all nodes share them, wrapped by a key outside it.</summary>
internal sealed class ProtectionKeys(IProtectionKeyStore store, ISecretBox box) : IConfigureOptions<KeyManagementOptions>, IXmlRepository, IXmlEncryptor
{
    public const string Purpose = "protection-key";

    public void Configure(KeyManagementOptions options) => (options.XmlRepository, options.XmlEncryptor) = (this, this);

    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.ReadAll().Select(Read)];

    public void StoreElement(XElement element, string friendlyName) => store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("wrapped", box.Close(Purpose, plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(ProtectionKeyUnwrapper));

    public static XElement Read(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }
}

/// <summary>Made by the framework from the name that stands beside each wrapped key.</summary>
internal sealed class ProtectionKeyUnwrapper(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        ProtectionKeys.Read(services.GetRequiredService<ISecretBox>().Open(ProtectionKeys.Purpose, encryptedElement.Value));
}
