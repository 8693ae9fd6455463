//! What the API is, for programs that read it: `OpenAPI` 3.1.

use super::json;
use crate::command::{codes, inputs};
use crate::route::{Need, Routes};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/api/openapi.json", Need::Open, document)
}

async fn document() -> Response {
    json(StatusCode::OK, &described())
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn parameter(name: &str, place: &str, schema: &Value) -> Value {
    json!({"name": name, "in": place, "required": place == "path", "schema": schema})
}

/// An operation with its parameters, the schema of its body, and the status of success.
fn operation(summary: &str, parameters: &[Value], body: Option<&str>, status: &str) -> Value {
    let mut answers = Map::new();
    answers.insert(status.to_owned(), json!({"description": "done"}));
    answers.insert(
        "default".to_owned(),
        json!({
            "description": "not done",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }),
    );
    let mut made =
        json!({"summary": summary, "parameters": parameters, "responses": Value::Object(answers)});
    if let Some(schema) = body {
        let reference = json!({"$ref": format!("#/components/schemas/{schema}")});
        made["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": reference}}});
    }
    made
}

fn described() -> Value {
    let integer = json!({"type": "integer", "minimum": 1});
    let no = parameter("no", "path", &integer);
    let key = parameter(
        "Idempotency-Key",
        "header",
        &text("a name for this request; a repeat gets the first receipt"),
    );
    let filters: Vec<Value> = [
        "q",
        "stage",
        "standing",
        "light",
        "post",
        "unit",
        "problem",
        "remedy",
        "source",
        "campaign",
        "due_before",
        "sort",
        "desc",
        "limit",
        "after",
    ]
    .iter()
    .map(|name| parameter(name, "query", &json!({"type": "string"})))
    .collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Bihuan", "version": env!("CARGO_PKG_VERSION"),
            "description": "Matters on their way round the loop, and the log that proves it."},
        "security": [{"token": []}],
        "paths": {
            "/api/v1/matters": {
                "get": operation("List matters", &filters, None, "200"),
                "post": operation("List a problem", std::slice::from_ref(&key), Some("NewMatter"), "201"),
            },
            "/api/v1/matters/{no}": {"get": operation("One matter", std::slice::from_ref(&no), None, "200")},
            "/api/v1/matters/{no}/events": {"get": operation("What happened to it", std::slice::from_ref(&no), None, "200")},
            "/api/v1/matters/{no}/moves": {"get": operation("What the caller may do now", std::slice::from_ref(&no), None, "200")},
            "/api/v1/matters/{no}/commands": {"post": operation("Do it", &[no.clone(), key], Some("Command"), "201")},
            "/api/v1/search": {"get": operation("Find by any piece of text", &filters, None, "200")},
            "/api/v1/ledger.xlsx": {"get": operation("The whole ledger", &[], None, "200")},
            "/api/v1/log/checkpoint": {"get": operation("Size and root of the log", &[], None, "200")},
            "/api/v1/log/proof/{seq}": {"get": operation("Leaf and inclusion proof",
                &[parameter("seq", "path", &json!({"type": "integer", "minimum": 0}))], None, "200")},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Problem": {"type": "object", "properties": {
                    "type": text("urn:bihuan and the code"), "title": text("what is wrong, in words"),
                    "status": {"type": "integer"}, "code": text("the code of the refusal")}},
                "NewMatter": {"type": "object",
                    "required": ["title", "problem", "unit", "source"],
                    "properties": {"title": text("what is wrong"), "detail": text("how it shows"),
                        "problem": text("P11 to P44"), "unit": {"type": "integer"},
                        "source": text("source-self-check and the like"),
                        "marking": text("marking-public, marking-internal, marking-work-secret")}},
                "Command": {"oneOf": commands()},
            },
        },
    })
}

/// Each command with what it asks for, from the one list that the forms are made of.
fn commands() -> Vec<Value> {
    codes()
        .map(|code| {
            let asked = inputs(code).unwrap_or_default();
            let mut properties: Map<String, Value> =
                asked.iter().map(|input| (input.name.to_owned(), text(input.label))).collect();
            properties.insert("command".to_owned(), json!({"const": code}));
            properties.insert("if_version".to_owned(), json!({"type": "integer"}));
            let mut required: Vec<&str> = vec!["command"];
            // Evidence comes as a list of its own, whatever the form calls it.
            if properties.remove("proof").is_some() {
                properties.insert("evidence".to_owned(), json!({"type": "array"}));
                required.push("evidence");
            }
            let others = asked.iter().filter(|input| input.required && input.name != "proof");
            required.extend(others.map(|input| input.name));
            json!({"type": "object", "properties": properties, "required": required})
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_names_every_command() {
        let text = described().to_string();
        for code in codes() {
            assert!(text.contains(code), "{code}");
        }
    }
}
