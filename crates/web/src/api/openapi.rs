//! What the API is, for programs that read it: `OpenAPI` 3.1.

use super::json;
use crate::command::{Input, Kind, codes, inputs};
use crate::route::{Need, Routes};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use words::Lang;

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
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Bihuan", "version": env!("CARGO_PKG_VERSION"),
            "description": "Matters on their way round the loop, and the log that proves it. \
                Messages are in the language of Accept-Language, zh or en."},
        "security": [{"token": []}],
        "paths": paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas(),
        },
    })
}

fn paths() -> Value {
    let no = parameter("no", "path", &json!({"type": "integer", "minimum": 1}));
    let seq = parameter("seq", "path", &json!({"type": "integer", "minimum": 0}));
    let tile = "0/x001/234, entries/012.p/30: C2SP tlog-tiles";
    let tile = parameter("path", "path", &text(tile));
    let key = text(
        "a name for this request; a repeat gets the first receipt, and anything else \
        under the same name is refused",
    );
    let key = parameter("Idempotency-Key", "header", &key);
    let filters: Vec<Value> =
        FILTERS.iter().map(|name| parameter(name, "query", &json!({"type": "string"}))).collect();
    let get = |summary: &str, parameters: &[Value]| operation(summary, parameters, None, "200");
    let of_one = |summary: &str| json!({"get": get(summary, std::slice::from_ref(&no))});
    let mut sent = operation("Keep a file of evidence", &[no.clone(), key.clone()], None, "201");
    let file = json!({"type": "object", "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}}});
    sent["requestBody"] =
        json!({"required": true, "content": {"multipart/form-data": {"schema": file}}});
    json!({
        "/api/openapi.json": {"get": get("This description", &[])},
        "/api/v1/matters": {
            "get": get("List matters", &filters),
            "post": operation("List a problem", std::slice::from_ref(&key), Some("NewMatter"), "201"),
        },
        "/api/v1/matters/{no}": of_one("One matter"),
        "/api/v1/matters/{no}/events": of_one("What happened to it"),
        "/api/v1/matters/{no}/moves": of_one("What the caller may do now"),
        "/api/v1/matters/{no}/evidence": {"post": sent},
        "/api/v1/matters/{no}/commands":
            {"post": operation("Do it", &[no.clone(), key], Some("Command"), "201")},
        "/api/v1/search": {"get": get("Find by any piece of text", &filters)},
        "/api/v1/ledger.xlsx": {"get": get("The whole ledger", &[])},
        "/api/v1/log/checkpoint": {"get": get("Size and root of the log", &[])},
        "/api/v1/log/proof/{seq}": {"get": get("Leaf and inclusion proof", &[seq])},
        "/api/v1/log/tile/{path}": {"get": get("Hashes or leaves of the log", &[tile])},
    })
}

/// What a list can be asked for.
const FILTERS: [&str; 15] = [
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
];

fn schemas() -> Value {
    json!({
        "Problem": {"type": "object", "properties": {
            "type": text("urn:bihuan and the code"), "title": text("what is wrong, in words"),
            "status": {"type": "integer"}, "code": text("the code of the refusal"),
            "member": text("the member that cannot be used"),
            "accepted": {"type": "array", "items": {"type": "string"},
                "description": "commands, or members, that would be accepted"},
            "matter": {"type": "object", "description": "after a conflict: how it stands now"}}},
        "NewMatter": {"type": "object", "additionalProperties": false,
            "required": ["title", "problem", "unit", "source"],
            "properties": {"title": text("what is wrong"), "detail": text("how it shows"),
                "problem": text("P11 to P44"), "unit": {"type": "integer"},
                "source": text("source-self-check and the like"),
                "marking": text("marking-public, marking-internal, marking-work-secret")}},
        "Evidence": {"oneOf": [
            {"type": "object", "additionalProperties": false, "required": ["system", "reference"],
                "properties": {"system": text("which business system"),
                    "reference": text("where in it")}},
            {"type": "object", "additionalProperties": false, "required": ["id", "plain", "name"],
                "description": "as the upload answered",
                "properties": {"id": text("where it is kept"), "plain": text("SHA-256 of the file"),
                    "name": text("its name"), "size": {"type": "integer"}}},
        ]},
        "Command": {"oneOf": commands()},
    })
}

/// Each command with what it asks for, from the one list that the forms are made of.
fn commands() -> Vec<Value> {
    codes()
        .map(|code| {
            let asked = inputs(code).unwrap_or_default();
            let mut properties: Map<String, Value> =
                asked.iter().map(|input| (name(input).to_owned(), schema(input))).collect();
            properties.insert("command".to_owned(), json!({"const": code}));
            properties.insert("if_version".to_owned(), json!({"type": "integer"}));
            let mut required: Vec<&str> = vec!["command"];
            required.extend(asked.iter().filter(|input| input.required).map(name));
            json!({"type": "object", "additionalProperties": false,
                "properties": properties, "required": required})
        })
        .collect()
}

/// Evidence comes as a list of its own, whatever the form calls it.
fn name(input: &Input) -> &'static str {
    if input.kind == Kind::Proofs { "evidence" } else { input.name }
}

fn schema(input: &Input) -> Value {
    let evidence = json!({"$ref": "#/components/schemas/Evidence"});
    let mut made = match input.kind {
        Kind::Line | Kind::Area | Kind::Remedy | Kind::Step | Kind::Pause => {
            json!({"type": "string"})
        }
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::Percent => json!({"type": "integer", "minimum": 0, "maximum": 100}),
        Kind::Owner | Kind::FormerOwner | Kind::Checker | Kind::Person | Kind::Matter => {
            json!({"type": "integer", "minimum": 1})
        }
        Kind::Checkers => json!({"type": "array", "items": {"type": "integer", "minimum": 1}}),
        Kind::Holds | Kind::Tick => json!({"type": "boolean"}),
        Kind::Proofs => json!({"type": "array", "items": evidence}),
        Kind::Mechanism => evidence,
        Kind::Milestones => json!({"type": "array", "items": {"type": "object",
            "required": ["day", "percent"], "properties": {
                "day": {"type": "string", "format": "date"}, "percent": {"type": "integer"}}}}),
    };
    made["description"] = words::say(Lang::En, input.label, &[]).into();
    made
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
