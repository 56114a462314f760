import type { ComponentChildren } from 'preact';

/** Names with their values; those without a value are left out. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {of
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A fingerprint, shortened; whole for whoever asks. */
export function Fingerprint({ of }: { readonly of: string }) {
  return (
    <code class="fingerprint" title={of}>
      {of.slice(0, 12)}
    </code>
  );
}
