/**
 * What each shell reads. The words so far go to `reroot __complete`, which answers with whole words, one a line; where it has none,
 * the shell completes names of files. No answer is ever expanded by the shell: names come from a server.
 */
export const completionScripts = {
  // bash splits words at `=` and `:`, and wants what follows them; what was typed says it better.
  bash: `# bash completion for reroot: source <(reroot completion bash)
_reroot() {
  local line="\${COMP_LINE:0:COMP_POINT}" cur="\${COMP_WORDS[COMP_CWORD]}" word
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  [[ $cur == '=' || $cur == ':' ]] && cur=''
  local prefix="\${words[\${#words[@]}-1]%"$cur"}"
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("\${word#"$prefix"}")
  done < <("$1" __complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _reroot reroot
`,
  zsh: `#compdef reroot
# zsh completion for reroot: source <(reroot completion zsh), after compinit
_reroot() {
  local -a found
  found=(\${(f)"$(reroot __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -a found; else _files; fi
}
if [[ "\${funcstack[1]}" == _reroot ]]; then _reroot "$@"; else compdef _reroot reroot; fi
`,
  fish: `# fish completion for reroot: reroot completion fish | source
function __reroot_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (reroot __complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c reroot -f -a '(__reroot_complete)'
`,
} as const;
