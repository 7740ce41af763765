// Scripts of others that are on the page before our modules run.

/** What the stage asks of Plotly. */
declare const Plotly: {
  react(plot: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  relayout(plot: HTMLElement, changes: object): Promise<unknown>;
  restyle(plot: HTMLElement, changes: object, traces: number[]): Promise<unknown>;
  toImage(figure: { data: object[]; layout: object }, wanted: object): Promise<string>;
};
