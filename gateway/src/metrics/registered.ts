import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  type Metric,
  type Registry,
} from 'prom-client';
import { LeanHistogram, type LeanHistogramOptions } from './lean-histogram.js';

type Config<Configuration> = Omit<Configuration, 'registers'>;

// Plugins are made anew when options change, while the registry and its numbers stay: the same name is the same
// metric, which prom-client's own constructors refuse.

/** The registry's counter of this name, made at first sight. @example registeredCounter(registry, { name: 'hits_total', help: 'Hits.' }) */
export const registeredCounter = <Label extends string>(
  registry: Registry,
  config: Config<CounterConfiguration<Label>>,
): Counter<Label> =>
  known<Counter<Label>>(registry, config.name) ?? new Counter({ ...config, registers: [registry] });

/** The registry's gauge of this name, made at first sight. */
export const registeredGauge = <Label extends string>(
  registry: Registry,
  config: Config<GaugeConfiguration<Label>>,
): Gauge<Label> =>
  known<Gauge<Label>>(registry, config.name) ?? new Gauge({ ...config, registers: [registry] });

/** The registry's histogram of this name, made at first sight. */
export const registeredHistogram = <Label extends string>(
  registry: Registry,
  config: Omit<LeanHistogramOptions, 'registers'>,
): LeanHistogram<Label> =>
  known<LeanHistogram<Label>>(registry, config.name) ??
  new LeanHistogram({ ...config, registers: [registry] });

/** One name belongs to one place in the code, which makes one kind of metric with it. */
const known = <Kind extends Metric | LeanHistogram<string>>(
  registry: Registry,
  name: string,
): Kind | undefined => registry.getSingleMetric(name) as unknown as Kind | undefined;
