"""The record that holds the QC: data_description, subject, session or acquisition, processing, in both generations."""

from __future__ import annotations

from typing import Any

from demo.documents import INSTITUTION, SOURCE, modality

Json = dict[str, Any]

MOUSE = {"name": "Mus musculus", "registry": "National Center for Biotechnology Information (NCBI)"}
PLATFORMS = {
    "ecephys": "Electrophysiology platform",
    "behavior": "Behavior platform",
    "SmartSPIM": "SmartSPIM platform",
    "multiplane-ophys": "Multiplane optical physiology platform",
}


def person(name: str) -> Json:
    """A person as v2 writes one."""
    registry = "Open Researcher and Contributor ID (ORCID)"
    return {"object_type": "Person", "name": name, "registry": registry, "registry_identifier": None}


def funding(project_lead: str) -> list[Json]:
    """Who pays, as v2 writes it."""
    funder = {**INSTITUTION, "name": "Allen Institute", "abbreviation": "AI", "registry_identifier": "03cpe7c52"}
    return [{"object_type": "Funding", "funder": funder, "grant_number": None, "fundee": [person(project_lead)]}]


def description_v2(
    name: str, subject: str, created: str, project: str, lead: str, kinds: list[str], **more: Any
) -> Json:
    """A v2 data_description; `source` names what a derived asset comes from."""
    source = more.get("source")
    return {
        "object_type": "Data description",
        "describedBy": SOURCE + "data_description.py",
        "schema_version": "2.3.0",
        "license": "CC-BY-4.0",
        "subject_id": subject,
        "creation_time": created,
        "tags": more.get("tags"),
        "name": name,
        "institution": INSTITUTION,
        "funding_source": funding(lead),
        "data_level": "derived" if source else "raw",
        "group": more.get("group"),
        "investigators": [person(lead)],
        "project_name": project,
        "restrictions": None,
        "modalities": [modality(kind) for kind in kinds],
        "source_data": source,
        "data_summary": more.get("summary"),
    }


def description_v1(
    name: str, subject: str, created: str, project: str, lead: str, kinds: list[str], **more: Any
) -> Json:
    """A v1 data_description; `source` is the one name a derived asset comes from, `process` what was done."""
    platform = name.split("_")[0]
    made = {
        "describedBy": SOURCE + "data_description.py",
        "schema_version": "1.0.4",
        "license": "CC-BY-4.0",
        "platform": {"name": PLATFORMS[platform], "abbreviation": platform},
        "subject_id": subject,
        "creation_time": created,
        "label": None,
        "name": name,
        "institution": INSTITUTION,
        "funding_source": [{"funder": INSTITUTION, "grant_number": None, "fundee": lead}],
        "data_level": "derived" if more.get("source") else "raw",
        "group": more.get("group"),
        "investigators": [{"name": lead, "abbreviation": None, "registry": None, "registry_identifier": None}],
        "project_name": project,
        "restrictions": None,
        "modality": [modality(kind) for kind in kinds],
        "related_data": [],
        "data_summary": more.get("summary"),
    }
    return {**made, "input_data_name": more["source"], "process_name": more["process"]} if "source" in more else made


def subject_v2(subject: str, genotype: str, sex: str, born: str) -> Json:
    """A v2 subject."""
    details = {"object_type": "Mouse subject", "sex": sex, "date_of_birth": born, "genotype": genotype, "alleles": []}
    details |= {"species": {**MOUSE, "common_name": "House mouse", "registry_identifier": "NCBI:txid10090"}}
    details |= {
        "strain": {"name": "C57BL/6J", "species": "Mus musculus", "registry": None, "registry_identifier": None}
    }
    details |= {"source": {**INSTITUTION, "name": "Allen Institute", "abbreviation": "AI"}, "wellness_reports": []}
    head = {"object_type": "Subject", "describedBy": SOURCE + "subject.py", "schema_version": "2.0.13"}
    return {**head, "subject_id": subject, "subject_details": details, "notes": None}


def subject_v1(subject: str, genotype: str, sex: str, born: str) -> Json:
    """A v1 subject."""
    made = {"describedBy": SOURCE + "subject.py", "schema_version": "1.0.3", "species": MOUSE, "subject_id": subject}
    made |= {"sex": sex, "date_of_birth": born, "genotype": genotype, "alleles": [], "background_strain": None}
    return {**made, "housing": None, "wellness_reports": [], "notes": None}


def acquisition_v2(subject: str, start: str, end: str, kind: str, instrument: str, people: list[str]) -> Json:
    """A v2 acquisition."""
    head = {"object_type": "Acquisition", "describedBy": SOURCE + "acquisition.py", "schema_version": "2.4.0"}
    made = {**head, "subject_id": subject, "acquisition_start_time": start, "acquisition_end_time": end}
    made |= {"acquisition_type": kind, "instrument_id": instrument, "experimenters": people, "protocol_id": None}
    return {**made, "data_streams": [], "stimulus_epochs": [], "notes": None}


def session_v1(subject: str, start: str, end: str, kind: str, rig: str, people: list[str]) -> Json:
    """A v1 session."""
    made = {"describedBy": SOURCE + "session.py", "schema_version": "1.1.2", "experimenter_full_name": people}
    made |= {"session_start_time": start, "session_end_time": end, "session_type": kind, "subject_id": subject}
    return {**made, "rig_id": rig, "data_streams": [], "stimulus_epochs": [], "notes": None}


def acquisition_v1(subject: str, start: str, end: str, instrument: str, people: list[str]) -> Json:
    """A v1 acquisition, as light-sheet microscopes wrote it."""
    made = {"describedBy": SOURCE + "acquisition.py", "schema_version": "1.0.4", "experimenter_full_name": people}
    made |= {"specimen_id": subject, "subject_id": subject, "instrument_id": instrument, "session_type": None}
    return {**made, "session_start_time": start, "session_end_time": end, "tiles": [], "notes": None}


def processing_v2(steps: list[tuple[str, str, str, str | None]], people: list[str], url: str) -> Json:
    """A v2 processing; each step is type, name, start, end (None where it was never written)."""
    processes = [
        {
            "object_type": "Data process",
            "process_type": kind,
            "name": name,
            "stage": "Processing",
            "code": {"object_type": "Code", "url": url, "name": None, "version": "2.4.0", "parameters": None},
            "experimenters": people,
            "start_date_time": start,
            "end_date_time": end,
            "output_parameters": {},
            "notes": None,
        }
        for kind, name, start, end in steps
    ]
    head = {"object_type": "Processing", "describedBy": SOURCE + "processing.py", "schema_version": "2.2.0"}
    return {**head, "data_processes": processes, "notes": None}


def processing_v1(steps: list[tuple[str, str, str]], who: str, url: str) -> Json:
    """A v1 processing; each step is name, start, end."""
    processes = [
        {
            "name": name,
            "software_version": "1.3.0",
            "start_date_time": start,
            "end_date_time": end,
            "input_location": "/data",
            "output_location": "/results",
            "code_url": url,
            "parameters": {},
            "outputs": {},
            "notes": None,
        }
        for name, start, end in steps
    ]
    pipeline = {
        "data_processes": processes,
        "processor_full_name": who,
        "pipeline_version": "1.3.0",
        "pipeline_url": url,
    }
    head = {"describedBy": SOURCE + "processing.py", "schema_version": "1.1.4"}
    return {**head, "processing_pipeline": pipeline, "analyses": [], "notes": None}
