import { useEffect } from 'preact/hooks';
import { demand } from './data/session.ts';
import { connection, fleet, mesh, meshName, route } from './data/store.ts';
import type { Route, View } from './model/route.ts';
import { ActDialog } from './parts/act-dialog.tsx';
import { Announcer } from './parts/announcer.tsx';
import { ConnectionBanner } from './parts/connection-banner.tsx';
import { Footer } from './parts/footer.tsx';
import { ShortcutDialog } from './parts/shortcut-dialog.tsx';
import { startShortcuts } from './parts/shortcuts.ts';
import { StateStrip } from './parts/state-strip.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { CertificatesView } from './views/certificates.tsx';
import { ClusterView } from './views/cluster.tsx';
import { FleetView } from './views/fleet.tsx';
import { HandshakesView } from './views/handshakes.tsx';
import { HistoryView } from './views/history.tsx';
import { MatrixView } from './views/matrix.tsx';
import { MeshesView } from './views/meshes.tsx';
import { PlanView } from './views/plan.tsx';
import { RotationView } from './views/rotation.tsx';
import { SignIn } from './views/sign-in.tsx';

const viewComponents: Readonly<Record<View, () => ReturnType<typeof RotationView>>> = {
  rotation: RotationView,
  fleet: FleetView,
  matrix: MatrixView,
  handshakes: HandshakesView,
  certificates: CertificatesView,
  plan: PlanView,
  history: HistoryView,
};

/** The whole page. */
export function App() {
  useEffect(startShortcuts, []);
  useEffect(() => {
    document.title = [meshName.value, mesh.value?.state, 'reroot'].filter((part) => part !== undefined).join(' · ');
  }, [meshName.value, mesh.value?.state]);
  const here = route.value;
  const isKnown = fleet.value !== undefined;
  const asks = demand.value !== undefined && connection.value.kind !== 'live';
  return (
    <>
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <TopBar />
      {isKnown && !asks && <ConnectionBanner />}
      {mesh.value !== undefined && !asks && <StateStrip status={mesh.value} />}
      <main id="main" tabIndex={-1}>
        {asks ? <SignIn /> : isKnown ? <Place of={here} /> : <Opening />}
      </main>
      <Footer />
      <ActDialog />
      <ShortcutDialog />
      <Announcer />
    </>
  );
}

function Place({ of }: { readonly of: Route }) {
  if (of.at === 'meshes') return <MeshesView />;
  if (mesh.value === undefined) {
    return (
      <div class="blank">
        <h1>There is no mesh {of.mesh}</h1>
        <p>
          It may have another name. <a href="#/">All meshes</a>
        </p>
      </div>
    );
  }
  if (of.at === 'cluster') return <ClusterView name={of.cluster} />;
  const Chosen = viewComponents[of.view];
  return <Chosen key={`${of.mesh} ${of.view}`} />;
}

function Opening() {
  const { value } = connection;
  return (
    <div class="blank">
      <h1>{value.kind === 'lost' ? 'mgmt does not answer' : 'Asking mgmt'}</h1>
      {value.kind === 'lost' && <p>{value.why}. The page tries again by itself.</p>}
    </div>
  );
}

/** The hash is the route: a link to an anchor would lead away. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
