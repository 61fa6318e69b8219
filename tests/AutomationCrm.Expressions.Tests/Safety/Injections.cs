namespace AutomationCrm.Expressions.Tests.Safety;

/// <summary>What is tried against template and expression engines; each in the manner of another language.</summary>
internal static class Injections
{
    public static string[] All { get; } =
    [
        "{{7*7}}", "{{7*'7'}}", "${7*7}", "#{7*7}", "*{7*7}", "@(7*7)", "<%= 7*7 %>", "<% puts 1 %>", "{%print(7)%}", "{{{7}}}", "[[7*7]]", "${{7*7}}", "%{7*7}", "~{7*7}", "{7*7}",
        "{{''.__class__.__mro__[1].__subclasses__()}}", "{{config.items()}}", "{{request.application.__globals__}}", "{{self._TemplateReference__context}}", "{{cycler.__init__.__globals__.os.popen('id').read()}}",
        "{{lipsum.__globals__['os'].popen('id').read()}}", "{{_self.env.registerUndefinedFilterCallback('exec')}}", "{{['id']|filter('system')}}", "{{app.request.server.all|join(',')}}",
        "<#assign ex='freemarker.template.utility.Execute'?new()>${ex('id')}", "#set($x='')$x.class.forName('java.lang.Runtime')", "${T(java.lang.Runtime).getRuntime().exec('id')}", "%{(#rt=@java.lang.Runtime@getRuntime())}",
        "${class.getResource('/').getPath()}", "$class.inspect('java.lang.Runtime')", "{{constructor.constructor('return process')()}}", "{{this.constructor.constructor('alert(1)')()}}", "{{#with 'e' as |s|}}{{/with}}",
        "{{= process.mainModule.require('child_process') }}", "{{= global.process.exit() }}", "{{= this.constructor }}", "{{= ''.constructor.constructor('return 1')() }}", "{{= [].map }}", "{{= x => x }}", "{{= `${1}` }}",
        "{{ $json.constructor }}", "{{ $fromAI.constructor }}", "={{ $json['a'] }}", "{=Document.GetType().Assembly}", "{=System.Diagnostics.Process:Start}", "{=Document:GetType()}", "{=Document:TITLE.GetType()}", "{=System:IO.File.ReadAllText}",
        "{=Document:TITLE > eval}", "{=Document:TITLE > uf:x;system}", "{=Document:__proto__}", "{=Document:constructor}", "{=__proto__:x}", "{=Document:../../etc/passwd}", "{=Document:TITLE}{{= {=Document:SECRET} }}",
        "System.Diagnostics.Process.Start('id')", "typeof(System.IO.File)", "new System.Net.WebClient()", "@System.IO.File.ReadAllText('/etc/passwd')", "@{ var x = 1; }", "@Html.Raw('x')",
        "eval('1')", "exec('id')", "system('id')", "phpinfo()", "require('fs')", "import('os')", "__import__('os').system('id')", "open('/etc/passwd').read()", "file_get_contents('/etc/passwd')", "passthru('id')", "`id`", "$(id)", "|id", ";id;",
        "' OR '1'='1", "'; DROP TABLE item; --", "\" onmouseover=alert(1) x=\"", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "{{constructor}}", "{{toString.constructor}}",
        "while(true){}", "for(;;){}", "'a'*1e9", "'a'.repeat(1e9)", "'a'.padStart(1e9)", "Array(1e9).fill(1)", "[1]*1000000000", "11n**711111111n", "range(1e9)", "1..1000000000", "lambda x: x", "x := 5", "a = b = c", "f(f)(f)",
        "{% for i in range(1000000000) %}x{% endfor %}", "{{ for i in 1..1000000000 }}x{{ end }}", "{{ include 'x' }}", "{{ func f; f; end; f }}", "{{ 'a' | string.pad_left 1000000000 }}", "{{ array.size [1] }}", "{{ object.eval '1' }}",
        "&lt;x&gt;", "&#x41;", "%00", "\0\0\0", "\u202e\u2066", "\ud83d", "\udc00\ud83d", "\r\nBcc: a@example.org", "%0d%0aSet-Cookie: x=1", "../../../../etc/passwd", "file:///etc/passwd", "\\\\host\\share", "http://169.254.169.254/",
        "1e400", "0x41", "1_000", "NaN", "Infinity", "-0", "1,2;3", "null", "undefined", "this", "self", "Pow(9,9)", "Max(1)", "if", "if(", "true false", "not true", "1 and 2", "'", "\"", "'\"'", "((", "))", "{", "}", "{{", "}}", "{=", "{{=",
    ];
}
