import { readForm } from '../data/read-form.ts';
import { forgetResources } from '../data/resource.ts';
import { demand, enterToken, token } from '../data/session.ts';
import { access } from '../data/store.ts';
import { viewHref } from '../model/route.ts';

/** Asks for a token, once for this tab. */
export function SignIn() {
  const why = demand.value;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = readForm(event)('token');
    if (text === '') return;
    // What another one was told is nothing for this one.
    forgetResources();
    access.value = undefined;
    enterToken(text, sessionStorage);
  };
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    location.hash = viewHref(readForm(event)('mesh'), 'rotation');
  };
  return (
    <div class="blank sign-in">
      <h1>Sign in</h1>
      <form onSubmit={submit}>
        <label class="field">
          <span>Token</span>
          <input name="token" type="password" required autoComplete="off" spellcheck={false} autoFocus />
        </label>
        {token.value !== undefined && why !== undefined && (
          <div class="refusal" role="alert">
            <p>{why.why}</p>
            <p class="remedy">
              <b>Remedy</b> {why.remedy}
            </p>
          </div>
        )}
        <button type="submit" class="act act-go">
          Sign in
        </button>
      </form>
      {why?.lacks === 'a right' && (
        <form onSubmit={open}>
          <label class="field">
            <span>Or the one mesh that it is for</span>
            <input name="mesh" required autoComplete="off" spellcheck={false} />
          </label>
          <button type="submit" class="act act-plain">
            Open
          </button>
        </form>
      )}
      <p class="faint">
        A token of <code>reroot token new</code>, of your OIDC issuer, or of <code>kubectl create token</code>: whatever this mgmt
        takes. It stays in this tab, and is gone when the tab is closed.
      </p>
    </div>
  );
}
