package keystore

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestEachKeyTakesWhatItsProviderGivesAndNothingElse(t *testing.T) {
	token := "sandbox^access$token^0000^1111$2222^3333"
	for name, c := range map[string]struct{ good, bad []string }{
		OxipaySigningKey:      {[]string{"1234567890", "dy33vQhksVsv"}, []string{"", "short", "with space in", "schlüssel-lang", strings.Repeat("x", 201)}},
		OxaPayMerchantKey:     {[]string{"sandbox", "ABCDEF-123456-ABCDEF-123456"}, []string{"", "abc", "ABCDEF 123456", "key\x1b[31m"}},
		XaiGateAPIKey:         {[]string{apiKey, strings.ToUpper(apiKey)}, []string{"", "sandbox", apiKey[:35], apiKey + "0", "{" + apiKey + "}"}},
		PayneteasyAccessToken: {[]string{token, strings.Repeat("a", 32), strings.Repeat("a", 128)}, []string{"", strings.Repeat("a", 31), strings.Repeat("a", 129)}},
		PayneteasyControlKey:  {[]string{"B17F59B4-A7DC-41B4-8FF9-37D986B43D20"}, []string{"", "ABCD", "B17F59B4-A7DC-41B4-8FF9-37D986B43D2", "G17F59B4-A7DC-41B4-8FF9-37D986B43D20"}},
	} {
		s := NewMemory()
		for _, text := range c.good {
			if err := s.Set(name, NewSecret(text)); err != nil {
				t.Errorf("%s does not take %q: %v", name, text, err)
			}
		}
		held, _ := s.Get(name)
		for _, text := range c.bad {
			err := s.Set(name, NewSecret(text))
			if providers.KindOf(err) != providers.Input || providers.HintOf(err) == "" {
				t.Errorf("%s takes %q: %v", name, text, err)
				continue
			}
			if text != "" && strings.Contains(err.Error()+providers.HintOf(err), text) {
				t.Errorf("the error about %s repeats what was given", name)
			}
		}
		if now, _ := s.Get(name); !now.Equal(held) {
			t.Errorf("a refused %s replaced the one that was held", name)
		}
	}
}

func TestAKeyThatNobodyKnowsIsRefused(t *testing.T) {
	s := NewMemory()
	for _, name := range []string{"", "oxipay.key", "OXIPAY.SIGNING_KEY", "oxipay.signing_key "} {
		if err := s.Set(name, NewSecret("1234567890")); providers.KindOf(err) != providers.Input {
			t.Errorf("%q was taken: %v", name, err)
		}
		if err := s.Remove(name); providers.KindOf(err) != providers.Input {
			t.Errorf("%q was removed: %v", name, err)
		}
	}
	if err := s.Remove(XaiGateAPIKey); providers.KindOf(err) != providers.Input {
		t.Errorf("a key that is not held was removed: %v", err)
	}
	if len(s.Names()) != 0 || s.Generation() != 1 {
		t.Errorf("it holds %v in generation %d", s.Names(), s.Generation())
	}
}

func TestEveryKeyIsDocumented(t *testing.T) {
	for _, k := range Keys() {
		if k.Title == "" || k.Purpose == "" || k.Form == "" || !strings.HasPrefix(k.Name, string(k.Provider)+".") {
			t.Errorf("%+v is not fully described", k.Name)
		}
	}
}
