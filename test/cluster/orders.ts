/** A definition with one of everything that a schema can say. */
export const orders = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "orders.shop.example" },
  spec: {
    group: "shop.example",
    names: { plural: "orders", singular: "order", kind: "Order" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            description: "Order is what somebody wants.",
            properties: {
              spec: {
                type: "object",
                description: "What is wanted.",
                required: ["items"],
                properties: {
                  items: { type: "integer", description: "How many." },
                  colour: { type: "string", enum: ["red", "blue", ""], description: "Of all of them." },
                  size: { "x-kubernetes-int-or-string": true },
                  notes: { type: "object", additionalProperties: { type: "string" } },
                  anything: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                  lines: {
                    type: "array",
                    description: "One by one.",
                    items: {
                      type: "object",
                      required: ["sku"],
                      properties: { sku: { type: "string" }, count: { type: "integer" } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
