package practice

import (
	"encoding/json"
	"os"
	"path/filepath"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// writeJSON replaces a file in one step, readable by its owner only.
func writeJSON(path string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(path, append(text, '\n'))
}

func writeFile(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(text); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// readJSON fills value from a file; a file that is not there leaves it as it is.
func readJSON(path string, value any) error {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}

// writeKubeconfig writes a kubeconfig with one context, certificates embedded,
// so that the file works wherever it is copied to.
func writeKubeconfig(path, server string, keys pki, user string) error {
	authority, err := os.ReadFile(keys.cert("ca"))
	if err != nil {
		return err
	}
	certificate, err := os.ReadFile(keys.cert(user))
	if err != nil {
		return err
	}
	key, err := os.ReadFile(keys.key(user))
	if err != nil {
		return err
	}
	config := api.NewConfig()
	config.Clusters[contextName] = &api.Cluster{Server: server, CertificateAuthorityData: authority}
	config.AuthInfos["practice-"+user] = &api.AuthInfo{ClientCertificateData: certificate, ClientKeyData: key}
	config.Contexts[contextName] = &api.Context{Cluster: contextName, AuthInfo: "practice-" + user}
	config.CurrentContext = contextName
	text, err := clientcmd.Write(*config)
	if err != nil {
		return err
	}
	return writeFile(path, text)
}
