namespace Chain.Core.Simulation.Laboratory;

/// <summary>How a report looks.</summary>
internal static class PageStyle
{
    public static string Css { get; } = $$$"""
        :root{color-scheme:light dark;--page:#fbfbfa;--text:#1c2024;--muted:#5c6670;--rule:#dfe3e6;--panel:#fff;--bad:#b3261e}
        @media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e7eaed;--muted:#9aa5af;--rule:#2c3338;--panel:#1b1f23;--bad:#ff8a80}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:1240px;margin:0 auto;padding:24px 20px 60px}
        h1{font-size:26px;margin:0 0 4px}h2{font-size:17px;margin:0 0 8px}h3{font-size:15px;margin:0 0 6px}
        header p{margin:2px 0}.config{color:var(--muted)}
        section{background:var(--panel);border:1px solid var(--rule);border-radius:10px;padding:16px;margin:16px 0 0;min-width:0}
        section>p{color:var(--muted);margin:6px 0 0;font-size:14px}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:16px}
        .charts>div{min-width:0}
        .charts section{margin-top:16px}.charts+section{margin-top:16px}.charts{row-gap:0}
        .scroll{overflow-x:auto}
        svg{display:block;width:100%;min-width:420px;height:auto}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:5px 10px;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}
        tbody th,thead th:first-child{text-align:left;font-weight:400;color:var(--muted);white-space:normal;min-width:130px}
        thead th{font-weight:600}small{opacity:.75}code{font-size:13px}
        .grid{stroke:var(--rule);stroke-width:1}.tick{fill:var(--muted);font-size:12px}.axis{fill:var(--muted);font-size:12.5px}
        .line{fill:none;stroke-width:2;stroke-linejoin:round}.dashed{stroke-dasharray:5 4;opacity:.8}
        .faint{opacity:.32}.hollow{fill:none;stroke:var(--bad);stroke-width:1.6}.mark{stroke:var(--text);stroke-width:1.5}
        .map{max-width:860px;margin:0 auto}.halo{paint-order:stroke;stroke:var(--panel);stroke-width:4px;stroke-linejoin:round}
        .link{fill:none;stroke:var(--muted);stroke-width:1.2;opacity:.55}.other{fill:var(--panel);stroke:var(--muted);stroke-width:1}
        .key{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:6px;vertical-align:-1px}
        .keys span{margin-right:14px;white-space:nowrap}
        .stacks{display:grid;grid-template-columns:auto 1fr auto;gap:8px 12px;align-items:center;margin-top:8px}
        .stack{display:flex;height:22px;border-radius:5px;overflow:hidden;background:var(--rule)}
        .stack .key{width:auto;height:100%;margin:0;border-radius:0}
        .stacksum{font-variant-numeric:tabular-nums;color:var(--muted)}
        .fault{color:var(--bad);margin:14px 0 0}
        ul{margin:0;padding-left:20px}li{margin:3px 0}
        @media (max-width:560px){main{padding:16px 10px 40px}section{padding:12px}th,td{padding:5px 6px}}
        {{{Palette.Css(isDark: false)}}}
        @media (prefers-color-scheme:dark){ {{{Palette.Css(isDark: true)}}} }
        """;
}
