import { forgetResources } from '../data/resource.ts';
import { leaveSession, token } from '../data/session.ts';
import { access, connection, fleet, meshName, route } from '../data/store.ts';
import { theme, turnTheme } from '../data/theme.ts';
import { hrefOf, type View, viewHref, views } from '../model/route.ts';
import { shortcutsOpen } from './shortcuts.ts';

export const viewNames: Readonly<Record<View, string>> = {
  rotation: 'Rotation',
  fleet: 'Fleet',
  matrix: 'Trust matrix',
  handshakes: 'Handshakes',
  certificates: 'Certificates',
  plan: 'Plan',
  history: 'History',
};

/** Which mesh, which view, who reads, and whether what is shown is the present. */
export function TopBar() {
  const name = meshName.value;
  return (
    <header class="top">
      <div class="top-row">
        <a class="brand" href="#/">
          reroot
        </a>
        {name !== undefined && <MeshPicker name={name} />}
        <ConnectionMark />
        <span class="spring" />
        <Who />
        <span class="tools">
          <button type="button" class="quiet" onClick={turnTheme} title="Colours: those of the machine, light, dark (t)">
            {`Theme: ${theme.value}`}
          </button>
          <button type="button" class="quiet" onClick={() => (shortcutsOpen.value = true)} aria-label="Keyboard shortcuts">
            ?
          </button>
        </span>
      </div>
      {name !== undefined && fleet.value !== undefined && <Views mesh={name} />}
    </header>
  );
}

function MeshPicker({ name }: { readonly name: string }) {
  const names = fleet.value?.meshes.map((each) => each.mesh) ?? [];
  if (names.length < 2) return <span class="mesh-name">{name}</span>;
  const choose = (event: Event): void => {
    location.hash = viewHref((event.currentTarget as HTMLSelectElement).value, 'rotation');
  };
  return (
    <select class="mesh-name" aria-label="Mesh" value={name} onChange={choose}>
      {names.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}

function Views({ mesh }: { readonly mesh: string }) {
  const here = route.value;
  const present = here.at === 'view' ? here.view : here.at === 'cluster' ? 'fleet' : undefined;
  return (
    <nav class="views" aria-label="Views">
      {views.map((view) => (
        <a key={view} href={viewHref(mesh, view)} {...(view === present ? { 'aria-current': 'page' } : {})}>
          {viewNames[view]}
        </a>
      ))}
    </nav>
  );
}

const connectionWords = { opening: 'connecting', live: 'live', lost: 'not connected' } as const;

function ConnectionMark() {
  const { kind } = connection.value;
  return (
    <span class={`connection connection-${kind}`}>
      <span class="dot" aria-hidden="true" />
      {connectionWords[kind]}
    </span>
  );
}

function Who() {
  const known = access.value;
  const leave = (): void => {
    leaveSession(sessionStorage);
    forgetResources();
    access.value = undefined;
    fleet.value = undefined;
    location.hash = hrefOf({ at: 'meshes' });
  };
  if (known === undefined && token.value === undefined) return null;
  return (
    <span class="who">
      {known !== undefined && (
        <span title={`known by: ${known.via}; may: ${known.permissions.join(', ')}`}>
          {known.actor === 'known' ? known.name : known.via}
          <span class="faint"> {mostOf(known.permissions)}</span>
        </span>
      )}
      {token.value !== undefined && (
        <button type="button" class="quiet" onClick={leave}>
          Sign out
        </button>
      )}
    </span>
  );
}

function mostOf(permissions: readonly string[]): string {
  return permissions.length < 2 ? 'may read' : `may ${permissions.slice(1).join(', ')}`;
}
