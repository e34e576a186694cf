package cli

import "github.com/spf13/cobra"

// cobrasOwn gives the commands that cobra makes, help and completion, the
// examples that every other command has.
func cobrasOwn(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Example = "  cashdesk help keys set"
		case "completion":
			cmd.Example = completionExamples["bash"]
			for _, shell := range cmd.Commands() {
				shell.Example = completionExamples[shell.Name()]
			}
		}
	}
}

// completionExamples make each shell know the commands from its next start.
var completionExamples = map[string]string{
	"bash":       "  cashdesk completion bash > ~/.local/share/bash-completion/completions/cashdesk",
	"zsh":        "  cashdesk completion zsh > \"${fpath[1]}/_cashdesk\"",
	"fish":       "  cashdesk completion fish > ~/.config/fish/completions/cashdesk.fish",
	"powershell": "  cashdesk completion powershell >> $PROFILE",
}
