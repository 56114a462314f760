import { render } from 'preact';
import { App } from './app.tsx';
import { resumeSession } from './data/session.ts';
import { sleep } from './data/sleep.ts';
import { startStore } from './data/store.ts';
import { startTheme } from './data/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';

startTheme(localStorage);
resumeSession(sessionStorage);
startStore({ clock: { now: Date.now, sleep }, random: Math.random });
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);
