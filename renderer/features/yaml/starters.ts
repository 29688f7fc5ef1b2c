/** Texts to begin a new object with: the least that works, with what is usually changed. */
const web = "app: web";

export const starters = {
  Pod: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    ${web}
spec:
  containers:
  - name: web
    image: nginx:1.29
    ports:
    - containerPort: 80
    resources:
      requests:
        cpu: 50m
        memory: 64Mi
`,
  Deployment: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    ${web}
spec:
  replicas: 2
  selector:
    matchLabels:
      ${web}
  template:
    metadata:
      labels:
        ${web}
    spec:
      containers:
      - name: web
        image: nginx:1.29
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 50m
            memory: 64Mi
`,
  Service: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    ${web}
  ports:
  - name: http
    port: 80
    targetPort: 80
`,
  ConfigMap: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: practice
`,
  Job: `apiVersion: batch/v1
kind: Job
metadata:
  name: hello
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: hello
        image: busybox:1.37
        command:
        - echo
        - hello
`,
  Notebook: `apiVersion: kubeflow.org/v1
kind: Notebook
metadata:
  name: notebook
spec:
  template:
    spec:
      containers:
      - name: notebook
        image: ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-scipy:latest
        resources:
          requests:
            cpu: 500m
            memory: 1Gi
`,
  Profile: `apiVersion: kubeflow.org/v1
kind: Profile
metadata:
  name: team
spec:
  owner:
    kind: User
    name: user@example.com
`,
} as const;

export type Starter = keyof typeof starters;
export const starterNames = Object.keys(starters) as Starter[];
