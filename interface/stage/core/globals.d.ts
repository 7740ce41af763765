// Scripts of others that are on the page before our modules run.

declare const Plotly: any;
