package rules

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// sealed are words in the names of what proves who wrote something.
var sealed = []string{"signature", "mac", "hmac", "digest", "pinhash"}

// quick are the comparisons that end at the first difference, and so tell by
// their time how much of a guess was right.
var quick = map[string][]string{
	"bytes":   {"Equal", "Compare", "EqualFold", "Contains", "HasPrefix"},
	"strings": {"EqualFold", "Compare", "Contains", "HasPrefix"},
	"reflect": {"DeepEqual"},
	"slices":  {"Equal", "Compare", "Contains"},
	"cmp":     {"Compare"},
}

// proves says that an expression is named after a signature: the last word of
// its name, or of the function that makes it.
func proves(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return slices.ContainsFunc(sealed, func(word string) bool { return strings.HasSuffix(strings.ToLower(e.Name), word) })
	case *ast.SelectorExpr:
		return proves(e.Sel)
	case *ast.CallExpr: // string(mac), hex.EncodeToString(mac), mac(x)
		if name, ok := e.Fun.(*ast.Ident); ok && name.Name == "len" {
			return false
		}
		return proves(e.Fun) || slices.ContainsFunc(e.Args, proves)
	case *ast.SliceExpr:
		return proves(e.X)
	case *ast.IndexExpr:
		return proves(e.X)
	case *ast.ParenExpr:
		return proves(e.X)
	case *ast.StarExpr:
		return proves(e.X)
	}
	return false
}

// harmless is what a signature may be compared with: nothing at all, its
// length, or one of the words for what a check gave (SignatureValid).
func harmless(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Value == `""` || e.Kind == token.INT
	case *ast.Ident:
		return e.Name == "nil" || strings.HasPrefix(e.Name, "Signature")
	case *ast.SelectorExpr:
		return harmless(e.Sel)
	}
	return false
}

// hastyCompare finds a signature that is compared otherwise than in constant
// time.
func hastyCompare(s source) []string {
	var wrong []string
	say := func(n ast.Node) {
		wrong = append(wrong, s.at(n)+": a signature is compared in a time that tells how much of it was right; use hmac.Equal")
	}
	if strings.HasPrefix(s.path, "providers/sandbox/") { // it serves one machine's loopback, with published keys
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if (n.Op == token.EQL || n.Op == token.NEQ) && (proves(n.X) && !harmless(n.Y) || proves(n.Y) && !harmless(n.X)) {
				say(n)
			}
		case *ast.CallExpr:
			f, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if p, ok := f.X.(*ast.Ident); ok && slices.Contains(quick[p.Name], f.Sel.Name) && slices.ContainsFunc(n.Args, proves) {
				say(n)
			}
		case *ast.SwitchStmt:
			if n.Tag == nil || !proves(n.Tag) {
				return true
			}
			for _, c := range n.Body.List {
				if slices.ContainsFunc(c.(*ast.CaseClause).List, func(e ast.Expr) bool { return !harmless(e) }) {
					say(c)
				}
			}
		}
		return true
	})
	return wrong
}

func TestNoSignatureIsComparedInATimeThatTells(t *testing.T) {
	check(t, hastyCompare)
	for _, bad := range []string{
		"return r.signature == want", "return want != mac", "return hex.EncodeToString(mac.Sum(nil)) == signature", "return bytes.Equal(mac, given)",
		"return strings.EqualFold(r.Session.Signature, want)", "return string(givenMAC) == text", "switch signature {\ncase want:\n}", "return slices.Equal(sum, digest[:])",
		"return reflect.DeepEqual(a, signature(key))", "return subtle.ConstantTimeCompare(a, b) == 1 && signature == other",
	} {
		if !finds(t, hastyCompare, "providers/oxipay/signature.go", "package x\n\nfunc f() bool {\n"+bad+"\n}\n") {
			t.Errorf("not found: %s", bad)
		}
	}
	for _, good := range []string{
		`return r.signature == ""`, "return a.Signature != providers.SignatureValid", "return hmac.Equal(given, mac.Sum(nil))", "return len(mac) == size", "return mac == nil",
		"switch a.Signature {\ncase SignatureMissing:\n}", "return subtle.ConstantTimeCompare(mac, given) == 1",
	} {
		if finds(t, hastyCompare, "providers/oxipay/signature.go", "package x\n\nfunc f() bool {\n"+good+"\n}\n") {
			t.Errorf("found without need: %s", good)
		}
	}
}
