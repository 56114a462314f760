import { readForm } from '../data/read-form.ts';
import { demand, enterToken, token } from '../data/session.ts';

/** Asks for a token, once for this tab. */
export function SignIn() {
  const why = demand.value;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = readForm(event)('token');
    if (text !== '') enterToken(text, sessionStorage);
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
      <p class="faint">
        A token of <code>reroot token new</code>, of your OIDC issuer, or of <code>kubectl create token</code>: whatever this mgmt
        takes. It stays in this tab, and is gone when the tab is closed.
      </p>
    </div>
  );
}
